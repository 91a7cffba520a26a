#include "scanner/git/pack_walk.h"

#include <algorithm>
#include <utility>

#include "scanner/git/stored_stream.h"

namespace overreach {
namespace {

constexpr std::uint32_t kNone = DeltaForest::kNone;
// Git makes no differences of what is larger than 512 MiB.
constexpr std::uint64_t kMostMade = std::uint64_t{1} << 30;

// From here on the processor sees by itself what comes.
constexpr std::uint64_t kMostExpected = 256;

}  // namespace

Result<PackEntry> PackWalk::read(std::uint32_t entry) {
  return reader_.entry_at(context_.forest.offset_of(entry),
                          context_.forest.stored_bytes(entry));
}

bool PackWalk::has_children(std::uint32_t entry) const {
  return context_.forest.last_child(entry) != kNone;
}

void PackWalk::expect(std::uint32_t entry) const {
  if (entry == kNone) return;
  context_.pack.expect(
      context_.forest.offset_of(entry),
      std::min(context_.forest.stored_bytes(entry), kMostExpected));
}

void PackWalk::report(std::uint32_t entry, const std::string& why) {
  context_.diagnostics.incomplete(
      context_.pack.path(), context_.forest.problem(context_.pack, entry, why));
}

std::shared_ptr<const Note> PackWalk::visit(std::uint32_t entry,
                                            StoredObject object) {
  const std::uint32_t position = context_.forest.position_of(entry);
  if (position == kNone) return nullptr;
  const auto place = context_.place_of_position(position);
  if (!place) return nullptr;
  object.id = context_.pack.index().id_at(position);
  if (context_.max_bytes && object.size > *context_.max_bytes) {
    context_.diagnostics.left_out(object_name(kind_, object.id),
                                  larger_than(*context_.max_bytes));
    return nullptr;
  }
  object.place = *place;
  object.kind = kind_;
  object.is_base = has_children(entry);
  return context_.visit(object);
}

Result<ObjectBuffer> PackWalk::inflate_delta(const PackEntry& entry) {
  if (entry.size > kMostMade) return fail("is too large a difference");
  const auto size = static_cast<std::size_t>(entry.size);
  TRY_ASSIGN(ObjectBuffer packed, buffers_.take(size));
  if (const Status inflated =
          inflater_.inflate(entry.packed, packed.data(), size, packed.room());
      !inflated) {
    buffers_.give_back(std::move(packed));
    return tl::unexpected<Error>(inflated.error());
  }
  return packed;
}

Result<ObjectBuffer> PackWalk::apply(ObjectBuffer packed,
                                     std::string_view base) {
  auto bytes = apply_to(base, packed.bytes());
  buffers_.give_back(std::move(packed));
  return bytes;
}

Result<ObjectBuffer> PackWalk::apply_to(std::string_view base,
                                        std::string_view inflated) {
  TRY_ASSIGN(const Delta delta, parse_delta(inflated));
  if (delta.base_size != base.size()) {
    return fail("is a difference to an object of another size");
  }
  if (delta.result_size > kMostMade) return fail("is too large a difference");
  TRY_ASSIGN(ObjectBuffer bytes,
             buffers_.take(static_cast<std::size_t>(delta.result_size)));
  if (const Status applied = apply_delta(delta, base, bytes.data(), copies_);
      !applied) {
    buffers_.give_back(std::move(bytes));
    return tl::unexpected<Error>(applied.error());
  }
  return bytes;
}

bool PackWalk::only_overwrites(const ObjectBuffer& packed,
                               std::string_view base) {
  const auto delta = parse_delta(packed.bytes());
  return delta && delta->base_size == base.size() &&
         overreach::only_overwrites(*delta, copies_, inserted_);
}

void PackWalk::walk(const DeltaForest::Root& root, ObjectKind kind,
                    std::string_view base) {
  kind_ = kind;
  visit_root(root, base);
  while (!frames_.empty()) {
    Frame& top = frames_.back();
    std::uint32_t child = top.next;
    if (child == kNone) {
      child = top.last;
    } else {
      top.next = context_.forest.next_sibling(child);
      expect(top.next == kNone ? top.last : top.next);
    }
    make_child(child);
  }
}

void PackWalk::make_child(std::uint32_t child) {
  Frame& top = frames_.back();
  const bool is_last = child == top.last;
  const std::uint32_t below = context_.forest.first_child(child);
  expect(below == kNone ? context_.forest.last_child(child) : below);
  const auto entry = read(child);
  auto packed =
      entry ? inflate_delta(*entry) : tl::unexpected<Error>(entry.error());
  if (packed && (is_last || !has_children(child)) &&
      only_overwrites(*packed, top.bytes.bytes())) {
    write_over_base(child, *packed);
    return buffers_.give_back(std::move(*packed));
  }
  auto made =
      packed ? apply(std::move(*packed), top.bytes.bytes()) : std::move(packed);
  const Edit edit{top.note, {top.bytes.bytes().size(), copies_}};
  const std::uint32_t depth = top.depth + 1;
  if (is_last) {
    buffers_.give_back(std::move(top.bytes));
    frames_.pop_back();
  }
  if (!made) return report(child, made.error().text);
  auto note = visit_child(child, depth, edit, made->bytes());
  descend(child, depth, std::move(*made), std::move(note));
}

// Where nobody needs the base after its child, or the child after this, it can
// be made without a copy: most versions of a large folder are an id or two that
// are others.  What was there comes into the delta, for the way back.
void PackWalk::write_over_base(std::uint32_t child, ObjectBuffer& packed) {
  Frame& top = frames_.back();
  const auto exchange = [&] {
    for (const Inserted& each : inserted_) {
      char* const bytes =
          packed.data() + (each.bytes.data() - packed.bytes().data());
      std::swap_ranges(bytes, bytes + each.bytes.size(),
                       top.bytes.data() + each.to);
    }
  };
  exchange();
  const Edit edit{top.note, {top.bytes.bytes().size(), copies_}};
  const std::uint32_t depth = top.depth + 1;
  auto note = visit_child(child, depth, edit, top.bytes.bytes());
  if (child != top.last) return exchange();
  ObjectBuffer bytes = std::move(top.bytes);
  frames_.pop_back();
  descend(child, depth, std::move(bytes), std::move(note));
}

std::shared_ptr<const Note> PackWalk::visit_child(std::uint32_t entry,
                                                  std::uint32_t depth,
                                                  const Edit& edit,
                                                  std::string_view bytes) {
  StoredObject object;
  object.bytes = bytes;
  object.size = bytes.size();
  object.depth = depth;
  object.edit = edit.base_note ? &edit : nullptr;
  return visit(entry, object);
}

void PackWalk::descend(std::uint32_t entry, std::uint32_t depth,
                       ObjectBuffer bytes, std::shared_ptr<const Note> note) {
  if (!has_children(entry)) return buffers_.give_back(std::move(bytes));
  frames_.push_back({context_.forest.first_child(entry),
                     context_.forest.last_child(entry), depth, std::move(bytes),
                     std::move(note)});
}

void PackWalk::visit_root(const DeltaForest::Root& root,
                          std::string_view base) {
  const auto entry = read(root.entry);
  if (!entry) return report(root.entry, entry.error().text);
  StoredObject object;
  object.size = entry->size;
  if (entry->kind == PackEntry::Kind::whole && kind_ == ObjectKind::blob &&
      entry->size > kStreamedBytes && !has_children(root.entry)) {
    StoredStream stream(entry->packed, 0, entry->size);
    object.stream = &stream;
    visit(root.entry, object);
    return;
  }
  ObjectBuffer bytes;
  if (const Status made = make_root(*entry, base, bytes); !made) {
    return report(root.entry, made.error().text);
  }
  object.bytes = bytes.bytes();
  object.size = object.bytes.size();
  auto note = visit(root.entry, object);
  descend(root.entry, 0, std::move(bytes), std::move(note));
}

Status PackWalk::make_root(const PackEntry& entry, std::string_view base,
                           ObjectBuffer& bytes) {
  if (entry.kind == PackEntry::Kind::whole) {
    const auto size = static_cast<std::size_t>(entry.size);
    TRY_ASSIGN(bytes, buffers_.take(size));
    TRY(inflater_.inflate(entry.packed, bytes.data(), size, bytes.room()));
    bytes.pad();
    return {};
  }
  TRY_ASSIGN(ObjectBuffer packed, inflate_delta(entry));
  TRY_ASSIGN(bytes, apply(std::move(packed), base));
  return {};
}

}  // namespace overreach
