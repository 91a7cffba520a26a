#include "scanner/history/objects.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "scanner/base/encoding.h"

namespace overreach {
namespace {

constexpr std::array<const char*, 4> kNames = {"commit", "tree", "blob", "tag"};

std::optional<ObjectKind> kind_of(git_object_t type) {
  switch (type) {
    case GIT_OBJECT_COMMIT:
      return ObjectKind::commit;
    case GIT_OBJECT_TREE:
      return ObjectKind::tree;
    case GIT_OBJECT_BLOB:
      return ObjectKind::blob;
    case GIT_OBJECT_TAG:
      return ObjectKind::tag;
    default:
      return std::nullopt;
  }
}

int add_id(const git_oid* oid, void* payload) {
  static_cast<std::vector<ObjectId>*>(payload)->emplace_back(
      reinterpret_cast<const char*>(oid->id), GIT_OID_RAWSZ);
  return 0;
}

}  // namespace

std::string object_name(ObjectKind kind, std::string_view id) {
  return std::string(kNames[static_cast<std::size_t>(kind)]) + " " +
         encode_hex(id);
}

Result<Objects> Objects::open(git_repository* repository) {
  git_odb* opened = nullptr;
  if (git_repository_odb(&opened, repository) != 0) {
    return fail(std::string(git_repository_path(repository)) + ": " +
                git_error_text());
  }
  Objects objects{Database(opened)};
  std::vector<ObjectId> all;
  git_odb_foreach(opened, add_id, &all);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  for (ObjectId& id : all) {
    const git_oid oid = git_oid_of(id.data());
    std::size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    const auto kind = git_odb_read_header(&size, &type, opened, &oid) == 0
                          ? kind_of(type)
                          : std::nullopt;
    auto& ids = kind ? objects.ids_[static_cast<std::size_t>(*kind)]
                     : objects.unreadable_;
    ids.push_back(std::move(id));
  }
  return objects;
}

void Objects::for_each(ObjectKind kind, int threads,
                       std::optional<std::uint64_t> max,
                       Diagnostics& diagnostics,
                       const ObjectConsumer& consumer) const {
  const auto& ids = ids_[static_cast<std::size_t>(kind)];
  std::atomic<std::size_t> next = 0;
  const auto work = [&](int worker) {
    for (std::size_t i; (i = next.fetch_add(1)) < ids.size();) {
      const git_oid oid = git_oid_of(ids[i].data());
      git_odb_object* object = nullptr;
      if (git_odb_read(&object, database_.get(), &oid) != 0) {
        diagnostics.incomplete(object_name(kind, ids[i]),
                               "cannot be read: " + git_error_text());
        continue;
      }
      const std::string_view bytes(
          static_cast<const char*>(git_odb_object_data(object)),
          git_odb_object_size(object));
      if (max && bytes.size() > *max) {
        diagnostics.left_out(object_name(kind, ids[i]), larger_than(*max));
      } else {
        consumer(worker, ids[i], bytes);
      }
      git_odb_object_free(object);
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work, i);
  work(0);
  for (std::thread& other : others) other.join();
}

bool Objects::contains(std::string_view id) const {
  const git_oid oid = git_oid_of(id.data());
  return git_odb_exists(database_.get(), &oid) == 1;
}

std::optional<std::string> Objects::read(std::string_view id) const {
  const git_oid oid = git_oid_of(id.data());
  git_odb_object* object = nullptr;
  if (git_odb_read(&object, database_.get(), &oid) != 0) return std::nullopt;
  std::string bytes(static_cast<const char*>(git_odb_object_data(object)),
                    git_odb_object_size(object));
  git_odb_object_free(object);
  return bytes;
}

}  // namespace overreach
