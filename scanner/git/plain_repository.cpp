// A repository that libgit2 does not know, by our own readers.

#include "scanner/git/object_store.h"
#include "scanner/git/open_repository.h"
#include "scanner/git/refs.h"
#include "scanner/git/revision.h"

namespace overreach {
namespace {

class PlainRepository : public OpenRepository {
 public:
  PlainRepository(const Repository& folders,
                  std::unique_ptr<ObjectStore> objects, Refs refs,
                  RefsByName names)
      : OpenRepository(folders, objects->hash_kind()),
        objects_(std::move(objects)),
        refs_(std::move(refs)),
        names_(std::move(names)) {}

  Result<ObjectBytes> read(ObjectKind kind, const ObjectId& id) const override {
    TRY_ASSIGN(std::optional<Object> object, objects_->read(id.bytes()));
    if (!object) {
      return fail(
          "object " + id.hex() + " is " +
          (objects_->is_partial() ? "not in this partial clone" : "missing"));
    }
    if (object->kind != kind) {
      return fail("object " + id.hex() + " is no " +
                  std::string(to_string(kind)));
    }
    auto bytes = std::make_shared<const std::string>(std::move(object->bytes));
    const std::string_view view = *bytes;
    return ObjectBytes(std::move(bytes), view);
  }

  std::optional<ObjectId> commit_named(
      const std::string& revision) const override {
    return find_commit(folders(), *objects_, refs_, names_, revision);
  }

  Result<ObjectId> head() const override { return refs_.head; }

 private:
  const std::unique_ptr<ObjectStore> objects_;
  const Refs refs_;
  const RefsByName names_;
};

}  // namespace

Result<std::unique_ptr<OpenRepository>> open_without_library(
    const std::string& folder, Diagnostics& diagnostics) {
  TRY_ASSIGN(const Repository folders, find_given_repository(folder));
  TRY_ASSIGN(auto objects, ObjectStore::open(folders.git_dir, diagnostics));
  RefsByName names;
  TRY_ASSIGN(Refs refs, read_refs(folders, diagnostics, &names));
  return std::make_unique<PlainRepository>(folders, std::move(objects),
                                           std::move(refs), std::move(names));
}

}  // namespace overreach
