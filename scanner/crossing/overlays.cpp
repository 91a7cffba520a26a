// env/gitops-overlay-mismatch: what is taken from one environment's folder and
// put into another's namespace.  Nobody runs a command for it: a commit does.

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/text.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"

namespace overreach {
namespace {

// A text that says where something is from, or where it goes.
struct Side {
  EnvironmentLabel label;
  std::size_t entry = 0;
};

enum class Reads {
  name,  // a namespace: any word of it
  path,  // folders and a file: the names of them
};

struct Key {
  std::string_view path;  // pattern
  Reads reads;
  int up;  // how many segments the object around lies above
};
// Argo CD's Application and ApplicationSet, Flux's Kustomization, Helmfile.
constexpr Key kSources[] = {
    {"spec.source.path", Reads::path, 3},
    {"spec.source.helm.valueFiles.*", Reads::path, 5},
    {"spec.sources.*.path", Reads::path, 4},
    {"spec.sources.*.helm.valueFiles.*", Reads::path, 6},
    {"spec.path", Reads::path, 2},
    {".releases.*.values.*", Reads::path, 2},
};
constexpr Key kDestinations[] = {
    {"spec.destination.namespace", Reads::name, 3},
    {"spec.destination.name", Reads::name, 3},
    {"metadata.labels.(environment|env|stage)", Reads::name, 3},
    {"spec.targetNamespace", Reads::name, 2},
    {".releases.*.namespace", Reads::name, 1},
};

// A cluster from which others are managed holds what belongs to all of them.
bool is_hub(std::string_view name) {
  const std::vector<std::string> words = words_of_name(name);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "hub" || word == "mgmt" || word == "management" ||
           word == "tools" || word == "tooling" || word == "shared" ||
           word == "ops" || word == "platform" || word == "argocd";
  });
}

EnvironmentLabel label_of(std::string_view value, Reads reads) {
  if (reads == Reads::name) {
    return is_hub(value) ? EnvironmentLabel() : label_of_name(value);
  }
  std::vector<EnvironmentLabel> labels;
  while (!value.empty()) {
    const std::size_t slash = std::min(value.find('/'), value.size());
    labels.push_back(label_of_name(value.substr(0, slash)));
    value.remove_prefix(std::min(slash + 1, value.size()));
  }
  return surest_label(labels);
}

std::string_view object_around(std::string_view path, int up) {
  for (; up > 0; --up) {
    const std::size_t dot = path.rfind('.');
    path = dot == path.npos ? std::string_view() : path.substr(0, dot);
  }
  return path;
}

bool cross(const EnvironmentLabel& from, const EnvironmentLabel& to) {
  return from.value != to.value && (from.is_production() || to.is_production());
}

// `source` is a clause: what is taken, and whose it is.
Draft draft_of(const LabelledFile& file, const EnvironmentLabel& from,
               std::string source, const Side& to) {
  const std::string target(file.entries()[to.entry].value.reveal());
  Draft draft;
  draft.kind = "env/gitops-overlay-mismatch";
  draft.severity = Severity::high;
  draft.is_template = file.is_template;
  draft.subject = source + " " + target;
  draft.message = file.path + " puts what is for " +
                  std::string(name_of(from.value)) + " (" + source +
                  ") where " + std::string(name_of(to.label.value)) +
                  " runs (" + target + "): the next commit changes it";
  draft.reasons = {{"source", std::move(source)},
                   {"destination", "destination " + target}};
  draft.places = {noted(place_of(file, to.entry), "where it goes")};
  return draft;
}

void add_application(const LabelledFile& file, const Side& from, const Side& to,
                     Collector& collector) {
  if (!cross(from.label, to.label)) return;
  Draft draft = draft_of(
      file, from.label,
      "source " + std::string(file.entries()[from.entry].value.reveal()), to);
  draft.places.insert(draft.places.begin(),
                      noted(place_of(file, from.entry), "what is applied"));
  collector.add(std::move(draft));
}

void add_kustomization(const LabelledFile& file, const Origin& by_path,
                       const Side& to, Collector& collector) {
  if (by_path.label.strength < kGoodWord || !cross(by_path.label, to.label)) {
    return;
  }
  collector.add(draft_of(file, by_path.label, by_path.text, to));
}

// What one object says of where it is from, or where it goes.
struct Object {
  std::vector<Side> sources, destinations;
};
using Objects =
    std::map<std::pair<std::uint16_t, std::string>, Object, std::less<>>;

void read_entry(const LabelledFile& file, std::size_t at, Objects& objects) {
  const Entry& entry = file.entries()[at];
  const auto read = [&](const auto& keys, std::vector<Side> Object::*sides) {
    for (const Key& key : keys) {
      if (!match_path(key.path, entry.path, '.')) continue;
      EnvironmentLabel label = label_of(entry.value.reveal(), key.reads);
      if (label.strength < kGoodWord) return;
      Object& object = objects[{
          entry.document, std::string(object_around(entry.path, key.up))}];
      (object.*sides).push_back({std::move(label), at});
      return;
    }
  };
  read(kSources, &Object::sources);
  read(kDestinations, &Object::destinations);
}

bool agree(const std::vector<Side>& sides) {
  return std::all_of(sides.begin(), sides.end(), [&](const Side& side) {
    return side.label.value == sides.front().label.value;
  });
}

void find_applications(const LabelledFile& file, Collector& collector) {
  Objects objects;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    if (!file.entries()[i].is_template) read_entry(file, i, objects);
  }
  for (const auto& [key, object] : objects) {
    if (object.sources.empty() || object.destinations.empty() ||
        !agree(object.sources) || !agree(object.destinations)) {
      continue;
    }
    add_application(file, object.sources.front(), object.destinations.front(),
                    collector);
  }
}

// dev-base is the name of what is put there, whatever its words: the image is
// called so, or the object is dev-base-production.
bool is_product(const LabelledFile& file, std::string_view name,
                const EnvironmentLabel& from) {
  return std::any_of(
      file.entries().begin(), file.entries().end(), [&](const Entry& entry) {
        const std::string_view value = entry.value.reveal();
        if (match_path(".images.*.(name|newName)", entry.path, '.')) {
          return file_name(value) == name;
        }
        return entry.path == "metadata.name" && value.starts_with(name) &&
               label_of_name(value.substr(name.size())).value == from.value;
      });
}

// overlays/staging/kustomization.yaml with the namespace of production.
void find_kustomization(const LabelledFile& file, Collector& collector) {
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.path != "namespace" || entry.is_template) continue;
    const EnvironmentLabel to = label_of(entry.value.reveal(), Reads::name);
    if (to.strength < kGoodWord) continue;
    for (const Origin& origin : file.regions[file.labels[i].region]) {
      if (origin.source != OriginSource::path ||
          is_product(file, entry.value.reveal(), origin.label)) {
        continue;
      }
      add_kustomization(file, origin, {to, i}, collector);
    }
  }
}

// Objects of these kinds are few, and most YAML is something else.
bool speaks_of_applications(const LabelledFile& file) {
  if (match_path("helmfile*.(yml|yaml)", file.path)) return true;
  return std::any_of(
      file.entries().begin(), file.entries().end(), [](const Entry& entry) {
        const std::string_view value = entry.value.reveal();
        return entry.key == "apiVersion" &&
               (value.starts_with("argoproj.io/") ||
                value.starts_with("kustomize.toolkit.fluxcd.io/"));
      });
}

}  // namespace

void find_overlay_mismatches(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (file.list.language != Language::yaml) continue;
    if (match_path("kustomization.(yml|yaml)", file.path)) {
      find_kustomization(file, collector);
    } else if (speaks_of_applications(file)) {
      find_applications(file, collector);
    }
  }
}

}  // namespace overreach
