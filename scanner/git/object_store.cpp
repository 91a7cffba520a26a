#include "scanner/git/object_store.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <filesystem>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "scanner/base/encoding.h"
#include "scanner/base/run_threads.h"
#include "scanner/git/delta.h"
#include "scanner/git/loose_objects.h"
#include "scanner/git/object_buffer.h"
#include "scanner/git/pack.h"
#include "scanner/git/repository_files.h"
#include "scanner/git/stored_pack.h"
#include "scanner/git/stored_stream.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

// Git makes chains of at most 4,095 differences.
constexpr std::size_t kLongestChain = 10000;

struct StoredFolder {
  StoredFolder(LooseObjects given, std::uint32_t place)
      : objects(std::move(given)), first_place(place), kinds(objects.size()) {}

  const LooseObjects objects;
  const std::uint32_t first_place;
  // Found out by the first visitor: the kind and 1, or 0.
  mutable std::vector<std::atomic<std::uint8_t>> kinds;
};

// Where an object is: in a pack, or loose.
struct Location {
  const StoredPack* pack = nullptr;
  const StoredFolder* folder = nullptr;
  std::uint32_t position = 0;
};

class FileObjectStore : public ObjectStore {
 public:
  FileObjectStore(const RepositoryFiles& files, Diagnostics& diagnostics)
      : hash_(files.hash), is_partial_(files.is_partial) {
    for (const std::string& folder : files.object_folders) {
      open_packs(folder, diagnostics);
    }
    for (const std::string& folder : files.object_folders) {
      folders_.emplace_back(LooseObjects(folder, hash_), size_);
      size_ += folders_.back().objects.size();
    }
  }

  HashKind hash_kind() const override { return hash_; }
  std::uint32_t size() const override { return size_; }
  bool is_partial() const override { return is_partial_; }

  std::optional<std::uint32_t> place_of(std::string_view id) const override {
    const auto found = find(id);
    return found ? std::optional(place_of(*found)) : std::nullopt;
  }

  void expect(std::string_view id) const override {
    // Of many packs any may have it.
    if (!packs_.empty()) packs_.front()->pack().index().expect(id);
  }

  ObjectId id_at(std::uint32_t place) const override {
    for (const auto& stored : packs_) {
      const PackIndex& index = stored->pack().index();
      if (place - stored->first_place() < index.size()) {
        return ObjectId(index.id_at(place - stored->first_place()));
      }
    }
    for (const StoredFolder& stored : folders_) {
      if (place - stored.first_place < stored.objects.size()) {
        return stored.objects.id_at(place - stored.first_place);
      }
    }
    return {};
  }

  Result<std::optional<Object>> read(std::string_view id) const override;
  void visit(ObjectKind kind, const VisitOptions& options,
             Diagnostics& diagnostics,
             const ObjectVisitor& visitor) const override;

 private:
  void open_packs(const std::string& folder, Diagnostics& diagnostics);
  void add_pack(const std::string& path, Result<PackIndex> index,
                Diagnostics& diagnostics);
  std::optional<Location> find(std::string_view id) const;
  static std::uint32_t place_of(const Location& location) {
    return location.position + (location.pack ? location.pack->first_place()
                                              : location.folder->first_place);
  }
  Result<Object> read_loose(const Location& location) const;
  void visit_loose(const StoredFolder& stored, ObjectKind kind,
                   const VisitOptions& options, Diagnostics& diagnostics,
                   const ObjectVisitor& visitor) const;

  const HashKind hash_;
  bool is_partial_;
  std::uint32_t size_ = 0;
  std::vector<std::unique_ptr<const StoredPack>> packs_;
  std::deque<StoredFolder> folders_;
};

void FileObjectStore::open_packs(const std::string& folder,
                                 Diagnostics& diagnostics) {
  const fs::path packs = fs::path(folder) / "pack";
  std::set<std::string> names;  // without the ending
  std::error_code error;
  for (fs::directory_iterator entries(packs, error);
       !error && entries != fs::directory_iterator();
       entries.increment(error)) {
    const fs::path& path = entries->path();
    if (path.extension() == ".pack") names.insert(path.stem().string());
    if (path.extension() == ".promisor") is_partial_ = true;
  }
  std::map<std::string, PackIndex> indexes;  // of packs without their own
  const std::string multi = (packs / "multi-pack-index").string();
  const bool needs_multi =
      std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return !fs::exists(packs / (name + ".idx"), error);
      });
  if (needs_multi && fs::exists(multi, error)) {
    const auto index = MultiPackIndex::open(multi, hash_);
    if (!index) diagnostics.incomplete("", index.error().text);
    for (std::size_t i = 0; index && i < index->pack_names().size(); ++i) {
      indexes.emplace(fs::path(index->pack_names()[i]).stem().string(),
                      index->of_pack(i));
    }
  }
  for (const std::string& name : names) {
    const std::string path = (packs / (name + ".pack")).string();
    const std::string own = (packs / (name + ".idx")).string();
    const auto shared = indexes.find(name);
    if (fs::exists(own, error) || shared == indexes.end()) {
      add_pack(path, PackIndex::open(own, hash_), diagnostics);
    } else {
      add_pack(path, shared->second, diagnostics);
    }
  }
}

void FileObjectStore::add_pack(const std::string& path, Result<PackIndex> index,
                               Diagnostics& diagnostics) {
  if (!index) return diagnostics.incomplete(path, index.error().text);
  index->speed_up();
  Result<Pack> pack = Pack::open(path, std::move(*index), hash_);
  if (!pack) return diagnostics.incomplete(path, pack.error().text);
  packs_.push_back(std::make_unique<StoredPack>(std::move(*pack), size_));
  size_ += packs_.back()->pack().index().size();
}

std::optional<Location> FileObjectStore::find(std::string_view id) const {
  for (const auto& stored : packs_) {
    if (const auto position = stored->pack().index().find(id)) {
      return Location{stored.get(), nullptr, *position};
    }
  }
  for (const StoredFolder& stored : folders_) {
    if (const auto position = stored.objects.find(id)) {
      return Location{nullptr, &stored, *position};
    }
  }
  return std::nullopt;
}

Result<Object> FileObjectStore::read_loose(const Location& location) const {
  const LooseObjects& objects = location.folder->objects;
  InflateStream stream({});
  TRY_ASSIGN(const LooseObject loose, objects.open(location.position, stream));
  Inflater inflater;
  Object object;
  object.kind = loose.kind;
  object.bytes.resize(static_cast<std::size_t>(loose.size));
  TRY(LooseObjects::read(loose, inflater, object.bytes.data()));
  return object;
}

Result<std::optional<Object>> FileObjectStore::read(std::string_view id) const {
  const auto first = find(id);
  if (!first) return std::optional<Object>();
  const auto failed = [&](const std::string& why) {
    return fail("object " + encode_hex(id) + ": " + why);
  };
  // Down to an object that is whole, then up again.
  std::vector<PackEntry> chain;
  std::optional<Location> at = first;
  Object object;
  std::uint64_t offset = 0;
  while (true) {
    if (!at) return failed("its base is missing");
    if (chain.size() > kLongestChain) return failed("has too many bases");
    if (at->folder) {
      auto loose = read_loose(*at);
      if (!loose) return failed(loose.error().text);
      object = std::move(*loose);
      break;
    }
    const Pack& pack = at->pack->pack();
    if (offset == 0) offset = pack.index().offset_at(at->position).value_or(0);
    const auto entry = pack.entry_at(offset);
    if (!entry) return failed(entry.error().text);
    if (entry->kind == PackEntry::Kind::whole) {
      Inflater inflater;
      object.kind = entry->object;
      object.bytes.resize(static_cast<std::size_t>(entry->size));
      const Status made = inflater.inflate(entry->packed, object.bytes.data(),
                                           object.bytes.size());
      if (!made) return failed(made.error().text);
      break;
    }
    chain.push_back(*entry);
    offset = entry->base_offset;
    if (entry->kind == PackEntry::Kind::id_delta) at = find(entry->base_id);
  }
  Inflater inflater;
  std::vector<Copied> copies;
  for (auto entry = chain.rbegin(); entry != chain.rend(); ++entry) {
    std::string bytes(static_cast<std::size_t>(entry->size), '\0');
    Status made = inflater.inflate(entry->packed, bytes.data(), bytes.size());
    if (!made) return failed(made.error().text);
    const auto delta = parse_delta(bytes);
    if (!delta) return failed(delta.error().text);
    if (delta->base_size != object.bytes.size()) {
      return failed("is a difference to an object of another size");
    }
    std::string result(static_cast<std::size_t>(delta->result_size), '\0');
    made = apply_delta(*delta, object.bytes, result.data(), copies);
    if (!made) return failed(made.error().text);
    object.bytes = std::move(result);
  }
  return std::optional<Object>(std::move(object));
}

void FileObjectStore::visit(ObjectKind kind, const VisitOptions& options,
                            Diagnostics& diagnostics,
                            const ObjectVisitor& visitor) const {
  const StoredPack::Others others{
      [this](std::string_view id) { return read(id); },
      [this](std::string_view id) { return place_of(id); }};
  for (const auto& stored : packs_) {
    stored->visit(kind, options, others, diagnostics, visitor);
    if (packs_.size() > 1) stored->pack().let_go();
  }
  for (const StoredFolder& stored : folders_) {
    visit_loose(stored, kind, options, diagnostics, visitor);
  }
}

void FileObjectStore::visit_loose(const StoredFolder& stored, ObjectKind kind,
                                  const VisitOptions& options,
                                  Diagnostics& diagnostics,
                                  const ObjectVisitor& visitor) const {
  std::atomic<std::uint32_t> next = 0;
  run_threads(options.threads, [&](int worker) {
    InflateStream stream({});
    Inflater inflater;
    ObjectBuffers buffers;
    for (std::uint32_t i; (i = next++) < stored.objects.size();) {
      const ObjectId& id = stored.objects.id_at(i);
      const std::uint32_t place = stored.first_place + i;
      const std::uint8_t known = stored.kinds[i];
      const auto asked = static_cast<std::uint8_t>(static_cast<int>(kind) + 1);
      if (known != 0 && known != asked) continue;
      if (options.only && !(*options.only)[place]) continue;
      if (place_of(id.bytes()) != place) continue;
      const auto loose = stored.objects.open(i, stream);
      const auto report = [&](const std::string& why) {
        diagnostics.incomplete(stored.objects.path_of(i), why);
      };
      if (!loose) {
        if (kind == ObjectKind::blob) report(loose.error().text);
        continue;
      }
      stored.kinds[i] =
          static_cast<std::uint8_t>(static_cast<int>(loose->kind) + 1);
      if (loose->kind != kind) continue;
      if (options.max_bytes && loose->size > *options.max_bytes) {
        diagnostics.left_out(object_name(kind, id.bytes()),
                             larger_than(*options.max_bytes));
        continue;
      }
      StoredObject object;
      object.place = place;
      object.kind = kind;
      object.id = id.bytes();
      object.size = loose->size;
      if (kind == ObjectKind::blob && loose->size > kStreamedBytes) {
        StoredStream content(loose->packed(), loose->head_size, loose->size);
        object.stream = &content;
        visitor(worker, object);
        continue;
      }
      auto bytes = buffers.take(static_cast<std::size_t>(loose->size));
      if (!bytes) {
        report(bytes.error().text);
        continue;
      }
      const Status read = LooseObjects::read(*loose, inflater, bytes->data());
      if (!read) {
        report(read.error().text);
        continue;
      }
      object.bytes = bytes->bytes();
      visitor(worker, object);
      buffers.give_back(std::move(*bytes));
    }
  });
}

}  // namespace

Result<std::unique_ptr<ObjectStore>> ObjectStore::open(
    const std::string& git_dir, Diagnostics& diagnostics) {
  TRY_ASSIGN(const RepositoryFiles files,
             find_repository_files(git_dir, diagnostics));
  return std::make_unique<FileObjectStore>(files, diagnostics);
}

}  // namespace overreach
