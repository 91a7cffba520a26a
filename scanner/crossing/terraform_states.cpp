// env/shared-terraform-state: two environments that write one state file.  What
// is applied in the one then plans to destroy what the other has.
//
// A state is known by its backend and the names that say where it lies.  A
// block that leaves names out is completed by the *.tfbackend of each
// environment; workspaces keep the states of one key apart.

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"

namespace overreach {
namespace {

// What tells the states of one backend apart.
struct Backend {
  std::string_view type;
  std::array<std::string_view, 3> names;  // all of them have to be there
  std::array<std::string_view, 2> optional;
};
constexpr Backend kBackends[] = {
    {"s3", {"bucket", "key", ""}, {"endpoint", ""}},
    {"gcs", {"bucket", "prefix", ""}, {"", ""}},
    {"azurerm", {"storage_account_name", "container_name", "key"}, {"", ""}},
    {"http", {"address", "", ""}, {"", ""}},
    {"consul", {"path", "", ""}, {"address", ""}},
    {"pg", {"conn_str", "", ""}, {"schema_name", ""}},
    {"kubernetes", {"secret_suffix", "", ""}, {"namespace", "config_path"}},
    {"remote", {"organization", "workspaces.name", ""}, {"hostname", ""}},
    {"cloud", {"organization", "workspaces.name", ""}, {"hostname", ""}},
};

// One backend block, or what a file completes it with.
struct Block {
  const LabelledFile* file = nullptr;
  std::size_t entry = 0;  // that stands for it
  const Backend* backend = nullptr;
  std::map<std::string, std::string> values;
  bool is_computed = false;
};

struct State {
  std::string identity;
  const LabelledFile* file;
  std::size_t entry;
};

bool is_below(std::string_view path, std::string_view folder) {
  return folder.empty() ||
         (path.starts_with(folder) && path.substr(folder.size(), 1) == "/");
}

const Backend* backend_of(std::string_view type) {
  const auto* const at =
      std::find_if(std::begin(kBackends), std::end(kBackends),
                   [&](const Backend& each) { return each.type == type; });
  return at == std::end(kBackends) ? nullptr : at;
}

// "terraform.backend.s3.bucket" is `bucket` of s3.
constexpr std::string_view kBackendBlock = "terraform.backend.";
constexpr std::string_view kCloudBlock = "terraform.cloud.";

void add_value(const LabelledFile& file, std::size_t at, std::string_view name,
               Block& block) {
  const Entry& entry = file.entries()[at];
  if (block.values.empty()) {
    block.file = &file;
    block.entry = at;
  }
  block.is_computed = block.is_computed || entry.is_template ||
                      entry.kind == EntryKind::reference;
  block.values.emplace(name, entry.value.reveal());
}

// The block of a module, without `backend` when there is none.
Block block_of(const LabelledFile& file) {
  Block block;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    std::string_view path = file.entries()[i].path;
    if (path.starts_with(kCloudBlock)) {
      block.backend = backend_of("cloud");
      add_value(file, i, path.substr(kCloudBlock.size()), block);
    } else if (path.starts_with(kBackendBlock)) {
      path.remove_prefix(kBackendBlock.size());
      const std::size_t dot = path.find('.');
      block.backend = backend_of(path.substr(0, dot));
      if (dot == path.npos) continue;
      add_value(file, i, path.substr(dot + 1), block);
    }
  }
  return block;
}

Block completion_of(const LabelledFile& file) {
  Block block;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    add_value(file, i, file.entries()[i].path, block);
  }
  return block;
}

// Empty when the block does not say where its state lies, or keeps the states
// of workspaces apart.
std::string identity_of(const Block& block) {
  if (!block.backend || block.is_computed ||
      block.values.count("workspace_key_prefix") > 0 ||
      block.values.count("workspaces.prefix") > 0 ||
      block.values.count("workspaces.tags") > 0) {
    return {};
  }
  std::string identity(block.backend->type);
  for (const std::string_view name : block.backend->names) {
    if (name.empty()) break;
    const auto at = block.values.find(std::string(name));
    if (at == block.values.end() || at->second.empty()) return {};
    identity += " " + at->second;
  }
  for (const std::string_view name : block.backend->optional) {
    const auto at = block.values.find(std::string(name));
    if (at != block.values.end()) identity += " " + at->second;
  }
  return identity;
}

std::vector<State> states_of(const std::vector<LabelledFile>& files) {
  std::vector<State> states;
  std::vector<Block> modules;
  for (const LabelledFile& file : files) {
    if (file.list.language != Language::hcl || file.is_template ||
        !file.path.ends_with(".tf")) {
      continue;
    }
    Block block = block_of(file);
    if (!block.backend) continue;
    if (std::string identity = identity_of(block); !identity.empty()) {
      states.push_back({std::move(identity), block.file, block.entry});
    } else if (!block.is_computed) {
      if (!block.file) block.file = &file;
      modules.push_back(std::move(block));
    }
  }
  for (const LabelledFile& file : files) {
    if (!file.path.ends_with(".tfbackend") || file.is_template) continue;
    Block completed = completion_of(file);
    // The module that the file lies with, or below: the innermost.
    const Block* module = nullptr;
    for (const Block& each : modules) {
      if (!is_below(file.path, parent_folder(each.file->path))) continue;
      if (!module || each.file->path.size() > module->file->path.size()) {
        module = &each;
      }
    }
    if (!module || !completed.file) continue;
    completed.backend = module->backend;
    completed.values.insert(module->values.begin(), module->values.end());
    if (std::string identity = identity_of(completed); !identity.empty()) {
      states.push_back({std::move(identity), &file, completed.entry});
    }
  }
  std::sort(states.begin(), states.end(), [](const State& a, const State& b) {
    return std::tie(a.identity, a.file->path, a.entry) <
           std::tie(b.identity, b.file->path, b.entry);
  });
  return states;
}

const EnvironmentLabel& label_of(const State& state) {
  return place_label(*state.file, state.entry);
}

void report(const std::vector<State>& states, std::size_t first,
            std::size_t last, Collector& collector) {
  std::vector<const State*> labelled;
  for (std::size_t i = first; i < last; ++i) {
    if (label_of(states[i]).strength >= kGoodWord) {
      labelled.push_back(&states[i]);
    }
  }
  const auto differs = [&](const State* state) {
    return label_of(*state).value != label_of(*labelled.front()).value;
  };
  const auto other = std::find_if(labelled.begin(), labelled.end(), differs);
  if (other == labelled.end()) return;
  const bool has_production = std::any_of(
      labelled.begin(), labelled.end(),
      [](const State* state) { return label_of(*state).is_production(); });
  const State& one = *labelled.front();
  const State& two = **other;
  Draft draft;
  draft.kind = "env/shared-terraform-state";
  draft.severity = has_production ? Severity::high : Severity::medium;
  draft.subject = one.identity;
  for (const State* state : labelled) {
    draft.places.push_back(
        noted(place_of(*state->file, state->entry),
              "of " + std::string(name_of(label_of(*state).value))));
  }
  draft.reasons = {
      {"one place",
       one.file->path + " is for " + std::string(name_of(label_of(one).value))},
      {"other place", two.file->path + " is for " +
                          std::string(name_of(label_of(two).value))}};
  draft.message = one.file->path + " and " + two.file->path +
                  " keep their Terraform state at the same place (" +
                  one.identity +
                  "): applying the one plans to destroy what the other has";
  collector.add(std::move(draft));
}

}  // namespace

void find_shared_states(const CrossingInput& input, Collector& collector) {
  const std::vector<State> states = states_of(input.files);
  for (std::size_t first = 0; first < states.size();) {
    std::size_t last = first + 1;
    while (last < states.size() &&
           states[last].identity == states[first].identity) {
      ++last;
    }
    report(states, first, last, collector);
    first = last;
  }
}

}  // namespace overreach
