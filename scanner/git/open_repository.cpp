#include "scanner/git/open_repository.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "scanner/git/libgit2.h"

namespace overreach {
namespace {

constexpr git_object_t type_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::commit:
      return GIT_OBJECT_COMMIT;
    case ObjectKind::tree:
      return GIT_OBJECT_TREE;
    case ObjectKind::tag:
      return GIT_OBJECT_TAG;
    default:
      return GIT_OBJECT_BLOB;
  }
}

git_oid oid_of(const ObjectId& id) {
  git_oid oid;
  git_oid_fromraw(&oid,
                  reinterpret_cast<const unsigned char*>(id.bytes().data()));
  return oid;
}

std::string_view text_of(const char* text) { return text ? text : ""; }

class LibraryRepository : public OpenRepository {
 public:
  explicit LibraryRepository(GitRepository repository)
      : OpenRepository(
            {std::string(text_of(git_repository_path(repository.get()))),
             std::string(text_of(git_repository_commondir(repository.get()))),
             std::string(text_of(git_repository_workdir(repository.get())))},
            HashKind::sha1),
        repository_(std::move(repository)) {
    git_odb* objects = nullptr;
    git_repository_odb(&objects, repository_.get());
    objects_.reset(objects);
  }

  Result<ObjectBytes> read(ObjectKind kind, const ObjectId& id) const override {
    git_odb_object* found = nullptr;
    const git_oid oid = oid_of(id);
    if (!objects_ || git_odb_read(&found, objects_.get(), &oid) != 0) {
      return fail(git_error_text());
    }
    std::shared_ptr<git_odb_object> object(found, git_odb_object_free);
    if (git_odb_object_type(found) != type_of(kind)) {
      return fail("object " + id.hex() + " is no " +
                  std::string(to_string(kind)));
    }
    return ObjectBytes(std::move(object),
                       {static_cast<const char*>(git_odb_object_data(found)),
                        git_odb_object_size(found)});
  }

  std::optional<ObjectId> commit_named(
      const std::string& revision) const override {
    // libgit2 does not know "@".
    const bool is_short =
        revision.starts_with('@') && !revision.starts_with("@{");
    const std::string name = is_short ? "HEAD" + revision.substr(1) : revision;
    git_object* object = nullptr;
    if (git_revparse_single(&object, repository_.get(),
                            (name + "^{commit}").c_str()) != 0) {
      return std::nullopt;
    }
    const ObjectId id({reinterpret_cast<const char*>(git_object_id(object)->id),
                       GIT_OID_RAWSZ});
    git_object_free(object);
    return id;
  }

  Result<ObjectId> head() const override {
    if (git_repository_head_unborn(repository_.get()) == 1) return ObjectId();
    if (const auto commit = commit_named("HEAD")) return *commit;
    return fail("HEAD: cannot be read: " + git_error_text());
  }

 private:
  const GitLibrary library_;
  GitRepository repository_;
  std::unique_ptr<git_odb, GitDeleter<git_odb, git_odb_free>> objects_;
};

// libgit2 1.5 says "not found" of a repository that belongs to somebody else.
bool is_refused(int failed, const std::string& folder) {
  if (failed == GIT_EOWNER) return true;
  if (failed != GIT_ENOTFOUND) return false;
  std::error_code error;
  auto at = std::filesystem::canonical(folder, error);
  while (!std::filesystem::exists(at / ".git", error)) {
    if (!at.has_relative_path()) return false;
    at = at.parent_path();
  }
  return true;
}

std::string described(int failed, const std::string& folder) {
  if (is_refused(failed, folder)) {
    return folder +
           ": the repository belongs to somebody else; if you trust it: "
           "git config --global --add safe.directory " +
           folder;
  }
  if (failed == GIT_ENOTFOUND) return folder + ": is in no Git work tree";
  return folder + ": " + git_error_text();
}

// Whether it has one of the formats that our own readers know besides.
bool is_only_newer() {
  const std::string text = git_error_text();
  return text.find("objectformat") != text.npos ||
         text.find("refstorage") != text.npos;
}

}  // namespace

Result<std::unique_ptr<OpenRepository>> open_repository(
    const std::string& folder, Diagnostics& diagnostics) {
  const GitLibrary library;
  const bool is_given = std::getenv("GIT_DIR") != nullptr;
  git_repository* opened = nullptr;
  const int failed = git_repository_open_ext(
      &opened, is_given ? nullptr : folder.c_str(),
      is_given ? static_cast<unsigned>(GIT_REPOSITORY_OPEN_FROM_ENV) : 0u,
      nullptr);
  if (failed == 0) {
    return std::make_unique<LibraryRepository>(GitRepository(opened));
  }
  if (is_only_newer()) return open_without_library(folder, diagnostics);
  return fail(described(failed, folder));
}

}  // namespace overreach
