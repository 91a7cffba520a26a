#include "scanner/privilege/azure_operations.h"

namespace overreach {
namespace {

constexpr AzureOperation kDestructive[] = {
    {"Microsoft.Resources/subscriptions/resourceGroups/delete",
     "data backups infrastructure"},
    {"Microsoft.Sql/servers/delete", "data backups"},
    {"Microsoft.Sql/servers/databases/delete", "data"},
    {"Microsoft.Sql/managedInstances/delete", "data backups"},
    {"Microsoft.Storage/storageAccounts/delete", "data"},
    {"Microsoft.DBforPostgreSQL/flexibleServers/delete", "data backups"},
    {"Microsoft.DBforMySQL/flexibleServers/delete", "data backups"},
    {"Microsoft.DocumentDB/databaseAccounts/delete", "data"},
    {"Microsoft.DocumentDB/mongoClusters/delete", "data"},
    {"Microsoft.Kusto/clusters/delete", "data"},
    {"Microsoft.Synapse/workspaces/delete", "data"},
    {"Microsoft.DataLakeStore/accounts/delete", "data"},
    {"Microsoft.NetApp/netAppAccounts/capacityPools/volumes/delete", "data"},
    {"Microsoft.Compute/disks/delete", "data"},
    {"Microsoft.Compute/snapshots/delete", "backups"},
    {"Microsoft.RecoveryServices/vaults/delete", "backups"},
    {"Microsoft.DataProtection/backupVaults/delete", "backups"},
    {"Microsoft.DataProtection/backupVaults/backupInstances/delete", "backups"},
    {"Microsoft.Compute/restorePointCollections/delete", "backups"},
    {"Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/"
     "protectedItems/delete",
     "backups"},
    {"Microsoft.Compute/virtualMachines/delete", "infrastructure"},
    {"Microsoft.ContainerService/managedClusters/delete", "infrastructure"},
    {"Microsoft.KeyVault/vaults/delete", "secrets"},
    {"Microsoft.KeyVault/managedHSMs/delete", "data secrets"},
    {"Microsoft.KeyVault/locations/deletedVaults/purge/action", "secrets"},
    {"Microsoft.Storage/storageAccounts/listKeys/action", "data"},
    {"Microsoft.DocumentDB/databaseAccounts/listKeys/action", "data"},
    {"Microsoft.ContainerRegistry/registries/delete", "builds"},
    {"Microsoft.Cache/redis/delete", "data"},
    {"Microsoft.Cache/redisEnterprise/delete", "data"},
    {"Microsoft.Search/searchServices/delete", "data"},
    {"Microsoft.Web/sites/delete", "infrastructure"},
    {"Microsoft.App/containerApps/delete", "infrastructure"},
    {"Microsoft.Compute/virtualMachineScaleSets/delete", "infrastructure"},
    {"Microsoft.MachineLearningServices/workspaces/delete", "infrastructure"},
    {"Microsoft.Databricks/workspaces/delete", "infrastructure"},
    {"Microsoft.EventHub/namespaces/delete", "messages"},
    {"Microsoft.ServiceBus/namespaces/delete", "messages"},
    {"Microsoft.Network/dnszones/delete", "dns"},
    {"Microsoft.Network/virtualNetworks/delete", "infrastructure"},
    {"Microsoft.ManagedIdentity/userAssignedIdentities/delete", "access"},
    {"Microsoft.OperationalInsights/workspaces/delete", "data"},
    {"Microsoft.Storage/storageAccounts/blobServices/containers/delete",
     "data"},
    {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete",
     "data", true},
    {"Microsoft.Storage/storageAccounts/queueServices/queues/messages/delete",
     "messages", true},
    {"Microsoft.Storage/storageAccounts/tableServices/tables/entities/delete",
     "data", true},
    {"Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete",
     "data", true},
    {"Microsoft.KeyVault/vaults/secrets/delete", "secrets", true},
    {"Microsoft.KeyVault/vaults/secrets/purge/action", "secrets", true},
    {"Microsoft.KeyVault/vaults/keys/delete", "data secrets", true},
    {"Microsoft.KeyVault/vaults/keys/purge/action", "data secrets", true},
    {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/"
     "delete",
     "data", true},
};

}  // namespace

std::span<const AzureOperation> azure_destructive_operations() {
  return kDestructive;
}

}  // namespace overreach
