// Goes through the trees of differences of a pack, each from its root down, and
// makes every object once: by copying from the one above it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/git/delta.h"
#include "scanner/git/delta_forest.h"
#include "scanner/git/inflate.h"
#include "scanner/git/object.h"
#include "scanner/git/object_buffer.h"
#include "scanner/git/pack.h"

namespace overreach {

// The work of one thread.  What it shares with others is const.
class PackWalk {
 public:
  // All references must outlive this object.  `visit` is called with the worker
  // bound; `place_of_position` says which place in the store an object of the
  // index has, nothing when it is visited elsewhere.
  struct Context {
    const Pack& pack;
    const DeltaForest& forest;
    std::optional<std::uint64_t> max_bytes;
    Diagnostics& diagnostics;
    std::function<std::shared_ptr<const Note>(const StoredObject&)> visit;
    std::function<std::optional<std::uint32_t>(std::uint32_t)>
        place_of_position;
  };
  explicit PackWalk(Context context) : context_(std::move(context)) {}

  // `base` is the content of DeltaForest::Root::base, when the root has one.
  void walk(const DeltaForest::Root& root, ObjectKind kind,
            std::string_view base);
  // That an entry will be read soon; kNone: none.
  void expect(std::uint32_t entry) const;

 private:
  // An object whose children are not all done.
  struct Frame {
    std::uint32_t next;   // child to come, or kNone
    std::uint32_t last;   // child to come after all others, or kNone
    std::uint32_t depth;  // of the object
    ObjectBuffer bytes;
    std::shared_ptr<const Note> note;
  };

  void visit_root(const DeltaForest::Root& root, std::string_view base);
  Status make_root(const PackEntry& entry, std::string_view base,
                   ObjectBuffer& bytes);
  Result<ObjectBuffer> inflate_delta(const PackEntry& entry);
  Result<ObjectBuffer> apply(ObjectBuffer packed, std::string_view base);
  Result<ObjectBuffer> apply_to(std::string_view base,
                                std::string_view inflated);
  // These two are of the last frame.
  void make_child(std::uint32_t child);
  void write_over_base(std::uint32_t child, ObjectBuffer& packed);
  bool only_overwrites(const ObjectBuffer& packed, std::string_view base);
  void descend(std::uint32_t entry, std::uint32_t depth, ObjectBuffer bytes,
               std::shared_ptr<const Note> note);
  std::shared_ptr<const Note> visit_child(std::uint32_t entry,
                                          std::uint32_t depth, const Edit& edit,
                                          std::string_view bytes);
  // `object` has what is known of it: its bytes or stream, size, depth, edit.
  std::shared_ptr<const Note> visit(std::uint32_t entry, StoredObject object);
  Result<PackEntry> read(std::uint32_t entry);
  bool has_children(std::uint32_t entry) const;
  // Says that the entry, and with it all below it, cannot be read.
  void report(std::uint32_t entry, const std::string& why);

  const Context context_;
  ObjectKind kind_ = ObjectKind::blob;
  PackReader reader_{context_.pack};
  Inflater inflater_;
  ObjectBuffers buffers_;
  std::vector<Copied> copies_;      // of the delta that is applied
  std::vector<Inserted> inserted_;  // when it only overwrites
  std::vector<Frame> frames_;
};

}  // namespace overreach
