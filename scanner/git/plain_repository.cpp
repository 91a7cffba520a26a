// A repository that libgit2 does not know, by our own readers.

#include <cstdlib>
#include <filesystem>

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

// As Git has it in a hook, which may run in the folder of a linked work tree.
Result<Repository> find_given(const std::string& folder) {
  const char* const given = std::getenv("GIT_DIR");
  TRY_ASSIGN(Repository found, find_repository(given ? given : folder));
  const char* const work_tree = std::getenv("GIT_WORK_TREE");
  const std::string linked = small_text(found.git_dir + "gitdir");
  if (given && work_tree) {
    found.work_tree = std::string(work_tree) + "/";
  } else if (found.work_tree.empty() && !linked.empty()) {
    found.work_tree =
        std::filesystem::path(linked).parent_path().string() + "/";
  }
  return found;
}

}  // namespace

Result<std::unique_ptr<OpenRepository>> open_without_library(
    const std::string& folder, Diagnostics& diagnostics) {
  TRY_ASSIGN(const Repository folders, find_given(folder));
  TRY_ASSIGN(auto objects, ObjectStore::open(folders.git_dir, diagnostics));
  RefsByName names;
  TRY_ASSIGN(Refs refs, read_refs(folders, diagnostics, &names));
  return std::make_unique<PlainRepository>(folders, std::move(objects),
                                           std::move(refs), std::move(names));
}

}  // namespace overreach
