#include "scanner/privilege/google_operations.h"

namespace overreach {
namespace {

constexpr GoogleOperation kDestructive[] = {
    {"resourcemanager.projects.delete", "data infrastructure"},
    {"resourcemanager.projects.setIamPolicy", "access"},
    {"cloudsql.instances.delete", "data backups"},
    {"cloudsql.databases.delete", "data"},
    {"spanner.instances.delete", "data infrastructure"},
    {"spanner.databases.drop", "data"},
    {"alloydb.clusters.delete", "data infrastructure"},
    {"bigtable.instances.delete", "data infrastructure"},
    {"bigtable.tables.delete", "data"},
    {"datastore.databases.delete", "data"},
    {"datastore.entities.delete", "data"},
    {"firebasedatabase.instances.delete", "data"},
    {"oracledatabase.autonomousDatabases.delete", "data"},
    {"storage.buckets.delete", "data"},
    {"storage.objects.delete", "data"},
    {"bigquery.datasets.delete", "data"},
    {"bigquery.tables.delete", "data"},
    {"compute.disks.delete", "data"},
    {"file.instances.delete", "data"},
    {"netapp.volumes.delete", "data"},
    {"parallelstore.instances.delete", "data"},
    {"lustre.instances.delete", "data"},
    {"redis.instances.delete", "data"},
    {"redis.clusters.delete", "data"},
    {"memcache.instances.delete", "data"},
    {"memorystore.instances.delete", "data"},
    {"healthcare.datasets.delete", "data"},
    {"healthcare.fhirStores.delete", "data"},
    {"healthcare.dicomStores.delete", "data"},
    {"healthcare.hl7V2Stores.delete", "data"},
    {"container.persistentVolumeClaims.delete", "data"},
    {"logging.buckets.delete", "data"},
    {"*.backups.delete", "backups"},
    {"*.backupRuns.delete", "backups"},
    {"*.backupPlans.delete", "backups"},
    {"*.backupVaults.delete", "backups"},
    {"*.snapshots.delete", "backups"},
    {"cloudkms.cryptoKeyVersions.destroy", "data secrets"},
    {"secretmanager.secrets.delete", "secrets"},
    {"secretmanager.versions.destroy", "secrets"},
    {"container.clusters.delete", "infrastructure"},
    {"compute.instances.delete", "infrastructure"},
    {"compute.images.delete", "infrastructure"},
    {"compute.networks.delete", "infrastructure"},
    {"vmwareengine.privateClouds.delete", "data infrastructure"},
    {"run.services.delete", "infrastructure"},
    {"cloudfunctions.functions.delete", "infrastructure"},
    {"appengine.services.delete", "infrastructure"},
    {"dataproc.clusters.delete", "infrastructure"},
    {"composer.environments.delete", "infrastructure"},
    {"firebase.projects.delete", "infrastructure"},
    {"artifactregistry.repositories.delete", "builds"},
    {"source.repos.delete", "code"},
    {"pubsub.topics.delete", "messages"},
    {"pubsub.subscriptions.delete", "messages"},
    {"managedkafka.clusters.delete", "messages"},
    {"dns.managedZones.delete", "dns"},
    {"iam.serviceAccounts.delete", "access"},
    {"firebaseauth.users.delete", "access"},
};

}  // namespace

bool GoogleOperation::covers(std::string_view name) const {
  return permission.starts_with('*') ? name.ends_with(permission.substr(1))
                                     : name == permission;
}

std::span<const GoogleOperation> google_destructive_operations() {
  return kDestructive;
}

}  // namespace overreach
