// One database, bucket or state that places of several environments name.

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "scanner/crossing/finders.h"

namespace overreach {
namespace {

using Class = EnvironmentClass;

constexpr std::size_t kTooMany = 50;

struct Use {
  std::string_view identity;
  const LabelledFile* file;
  std::size_t entry;
  Class place;
};

std::vector<Use> uses_of(const std::vector<LabelledFile>& files) {
  std::vector<Use> uses;
  for (const LabelledFile& file : files) {
    if (file.is_template) continue;
    for (std::size_t i = 0; i < file.labels.size(); ++i) {
      const EnvironmentLabel& place = place_label(file, i);
      const EntryLabel& label = file.labels[i];
      if (label.identity.empty() || place.strength < kGoodWord ||
          label.role != Role::data || label.host == HostKind::this_machine ||
          file.entries()[i].kind == EntryKind::command_argument) {
        continue;
      }
      uses.push_back({label.identity, &file, i, place.value});
    }
  }
  std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) {
    return std::tie(a.identity, a.file->path, a.entry) <
           std::tie(b.identity, b.file->path, b.entry);
  });
  return uses;
}

void report(const std::vector<Use>& uses, std::size_t first, std::size_t last,
            Collector& collector) {
  const auto begin = uses.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = uses.begin() + static_cast<std::ptrdiff_t>(last);
  const auto production = std::find_if(begin, end, [](const Use& use) {
    return use.place == Class::production;
  });
  const auto other = std::find_if(begin, end, [](const Use& use) {
    return use.place != Class::production;
  });
  if (production == end || other == end || last - first > kTooMany) return;
  Draft draft;
  draft.kind = "env/shared-resource-across-environments";
  // By its own name it is a test's, or a copy that cannot be changed.
  const EnvironmentLabel& own = value_label(*begin->file, begin->entry);
  const std::vector<std::string> words = words_of_name(begin->identity);
  const bool is_harmless =
      (own.is_elsewhere() && own.strength >= kGoodWord) || own.is_read_only ||
      std::find(words.begin(), words.end(), "replica") != words.end();
  draft.severity = is_harmless ? Severity::medium : Severity::high;
  draft.subject = std::string(begin->identity);
  for (auto use = begin; use != end; ++use) {
    draft.places.push_back(noted(place_of(*use->file, use->entry),
                                 "of " + std::string(name_of(use->place))));
  }
  draft.reasons = {
      {"production place", production->file->path + " is production"},
      {"other place",
       other->file->path + " is for " + std::string(name_of(other->place))}};
  draft.message = production->file->path + " and " + other->file->path +
                  " name the same " + draft.subject +
                  ": what either of them does to it, it does to both";
  collector.add(std::move(draft));
}

}  // namespace

void find_shared_resources(const CrossingInput& input, Collector& collector) {
  const std::vector<Use> uses = uses_of(input.files);
  for (std::size_t first = 0; first < uses.size();) {
    std::size_t last = first + 1;
    while (last < uses.size() && uses[last].identity == uses[first].identity) {
      ++last;
    }
    report(uses, first, last, collector);
    first = last;
  }
}

}  // namespace overreach
