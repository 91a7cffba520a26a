// env/preview-binding-is-production: a Worker's binding whose preview, which
// `wrangler dev` opens, is the store of production; a binding that local
// development reads and writes for real; or one that an environment shares with
// the top level (env/shared-resource-across-environments).

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"

namespace overreach {
namespace {

struct Binding {
  std::string_view list;     // of bindings
  std::string_view store;    // key of what is bound
  std::string_view preview;  // key of what development binds instead
  std::string_view means;
  Severity severity;
};
constexpr Binding kBindings[] = {
    {"kv_namespaces", "id", "preview_id", "key-value store", Severity::medium},
    {"d1_databases", "database_id", "preview_database_id", "database",
     Severity::high},
    {"r2_buckets", "bucket_name", "preview_bucket_name", "bucket",
     Severity::high},
};

// "env.staging.d1_databases.DB" is below `env`, the others at the top level.
constexpr std::string_view kEnvironments = "env.";
constexpr std::string_view kTopLevel =
    "the top level is what is deployed without --env";

bool is_wrangler(std::string_view path) {
  return match_path("wrangler(|.*).(toml|json|jsonc)", path).has_value();
}

// "<id>", "YOUR_KV_ID", "local": to be filled in, or of no account.
bool is_filled_in(std::string_view value) {
  return value.size() >= 3 && value != "local" && value != "TODO" &&
         value.find_first_of("<>{}$ ") == value.npos &&
         std::none_of(value.begin(), value.end(),
                      [](char c) { return c >= 'A' && c <= 'Z'; }) &&
         value.find("xxx") == value.npos && value.find("000000") == value.npos;
}

class Bindings {
 public:
  Bindings(const LabelledFile& file, Collector& collector)
      : file_(file), collector_(collector) {}

  void run() {
    for (std::size_t i = 0; i < file_.entries().size(); ++i) {
      const Entry& entry = file_.entries()[i];
      for (const Binding& binding : kBindings) {
        if (!is_of(entry, binding)) continue;
        if (entry.key == binding.preview) find_preview(i, binding);
        if (entry.key == binding.store) find_default_store(i, binding);
        if (entry.key == "remote" && entry.value.reveal() == "true") {
          find_remote(i, binding);
        }
      }
    }
  }

 private:
  static bool is_of(const Entry& entry, const Binding& binding) {
    const std::string_view section = entry.section();
    const std::size_t at = section.find(binding.list);
    return at != section.npos &&
           (at == 0 || section.starts_with(kEnvironments));
  }

  const Entry* beside(const Entry& entry, std::string_view key) const {
    for (const Entry& each : file_.entries()) {
      if (each.group == entry.group && each.section() == entry.section() &&
          each.key == key) {
        return &each;
      }
    }
    return nullptr;
  }

  // Whether the store is production's: [env.production] binds it, or another
  // file of production, or its name says so, or the top level is deployed
  // beside [env.<other>].
  std::string production_reason(std::size_t at, std::string_view store) const {
    bool has_other = false;
    for (std::size_t i = 0; i < file_.entries().size(); ++i) {
      const Entry& entry = file_.entries()[i];
      const EnvironmentLabel& place = place_label(file_, i);
      if (is_good_production(place) && entry.value.reveal() == store) {
        return "[env." + place.word + "] binds it";
      }
      if (entry.path.starts_with(kEnvironments)) {
        has_other = has_other || is_good_elsewhere(place);
      }
    }
    const Entry& entry = file_.entries()[at];
    for (const Origin& origin : file_.labels[at].belongs) {
      if (origin.source == OriginSource::anchor) return origin.text;
    }
    if (const Entry* const name = beside(entry, "database_name");
        names_production(store) ||
        (name && names_production(name->value.reveal()))) {
      return "its name says production";
    }
    const bool is_top = !entry.path.starts_with(kEnvironments);
    return is_top && has_other ? std::string(kTopLevel) : "";
  }

  bool is_elsewhere(const Entry& entry, std::size_t at,
                    std::string_view store) const {
    const Entry* const name = beside(entry, "database_name");
    return is_good_elsewhere(place_label(file_, at)) ||
           is_good_elsewhere(label_of_name(store)) ||
           (name && is_good_elsewhere(label_of_name(name->value.reveal())));
  }

  void find_preview(std::size_t at, const Binding& binding) {
    const Entry& entry = file_.entries()[at];
    const Entry* const store = beside(entry, binding.store);
    const std::string_view value = entry.value.reveal();
    if (!store || store->value.reveal() != value || !is_filled_in(value) ||
        is_elsewhere(entry, at, value)) {
      return;
    }
    add(at, binding,
        std::string(binding.preview) + " is " + std::string(binding.store),
        production_reason(at, value));
  }

  // A binding of [env.staging] that has the store of the top level, which is
  // what is deployed where there is no [env.production].
  void find_default_store(std::size_t at, const Binding& binding) {
    const Entry& entry = file_.entries()[at];
    const std::string_view value = entry.value.reveal();
    if (!is_good_elsewhere(place_label(file_, at)) || !is_filled_in(value)) {
      return;
    }
    std::size_t top = file_.entries().size();
    for (std::size_t i = 0; i < file_.entries().size(); ++i) {
      const Entry& other = file_.entries()[i];
      if (is_good_production(place_label(file_, i))) return;
      if (other.path.starts_with(binding.list) && other.key == binding.store &&
          other.value.reveal() == value) {
        top = i;
      }
    }
    if (top == file_.entries().size()) return;
    const std::string other(name_of(place_label(file_, at).value));
    Draft draft;
    draft.kind = "env/shared-resource-across-environments";
    draft.severity = binding.severity;
    draft.is_template = file_.is_template;
    draft.subject = std::string(entry.section());
    draft.reasons = reasons_of(file_.regions[file_.labels[at].region]);
    draft.reasons.push_back({"store", std::string(kTopLevel)});
    draft.places = {noted(place_of(file_, at), "of " + other),
                    noted(place_of(file_, top), std::string(kTopLevel))};
    draft.message = "The " + std::string(binding.means) + " of " + other +
                    " in " + file_.path + " is the one of the top level, " +
                    "which is deployed as production: what either does to it, "
                    "it does to both";
    collector_.add(std::move(draft));
  }

  void find_remote(std::size_t at, const Binding& binding) {
    const Entry& entry = file_.entries()[at];
    const Entry* const store = beside(entry, binding.store);
    if (!store || is_good_production(place_label(file_, at))) return;
    const std::string reason = production_reason(at, store->value.reveal());
    // Local development may well use a remote store that is not production's.
    if (reason.empty() || is_elsewhere(entry, at, "") || reason == kTopLevel) {
      return;
    }
    add(at, binding, "remote = true", reason);
  }

  void add(std::size_t at, const Binding& binding, std::string why,
           const std::string& production) {
    const Entry& entry = file_.entries()[at];
    const std::vector<std::string> segments = segments_of(entry.section());
    Draft draft;
    draft.kind = "env/preview-binding-is-production";
    draft.severity = binding.severity;
    draft.is_template = file_.is_template;
    draft.subject = std::string(entry.section());
    draft.places = {noted(place_of(file_, at), why)};
    draft.message = "The " + std::string(binding.means) + " " +
                    segments.back() + " of " + file_.path +
                    " is the same for development as when deployed (" + why +
                    "): `wrangler dev` reads and changes production";
    draft.reasons = {{"binding", std::move(why)}};
    if (!production.empty()) draft.reasons.push_back({"store", production});
    collector_.add(std::move(draft));
  }

  const LabelledFile& file_;
  Collector& collector_;
};

}  // namespace

void find_preview_bindings(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (is_wrangler(file.path)) Bindings(file, collector).run();
  }
}

}  // namespace overreach
