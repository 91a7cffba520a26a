#include "scanner/privilege/schemes/kubeconfig.h"

#include <yaml.h>

#include <vector>

#include "scanner/base/encoding.h"
#include "scanner/privilege/http.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxBytes = 1024 * 1024;

// The first document of a YAML text.  Nodes are found by fixed names only, so
// aliases that lead in circles are never followed.
class Document {
 public:
  explicit Document(std::string_view text) {
    yaml_parser_t parser;
    if (text.size() > kMaxBytes || yaml_parser_initialize(&parser) == 0) return;
    yaml_parser_set_input_string(
        &parser, reinterpret_cast<const unsigned char*>(text.data()),
        text.size());
    is_loaded_ = yaml_parser_load(&parser, &document_) != 0;
    yaml_parser_delete(&parser);
  }
  ~Document() {
    if (is_loaded_) yaml_document_delete(&document_);
  }
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  // Null when there is none, as in all below.
  yaml_node_t* root() {
    return is_loaded_ ? yaml_document_get_root_node(&document_) : nullptr;
  }

  yaml_node_t* at(yaml_node_t* map, std::string_view name) {
    if (!map || map->type != YAML_MAPPING_NODE) return nullptr;
    for (auto* pair = map->data.mapping.pairs.start;
         pair < map->data.mapping.pairs.top; ++pair) {
      if (text(yaml_document_get_node(&document_, pair->key)) == name) {
        return yaml_document_get_node(&document_, pair->value);
      }
    }
    return nullptr;
  }

  std::string text_at(yaml_node_t* map, std::string_view name) {
    return std::string(text(at(map, name)));
  }

  std::vector<yaml_node_t*> items(yaml_node_t* list) {
    std::vector<yaml_node_t*> nodes;
    if (!list || list->type != YAML_SEQUENCE_NODE) return nodes;
    for (auto* item = list->data.sequence.items.start;
         item < list->data.sequence.items.top; ++item) {
      nodes.push_back(yaml_document_get_node(&document_, *item));
    }
    return nodes;
  }

 private:
  static std::string_view text(const yaml_node_t* node) {
    if (!node || node->type != YAML_SCALAR_NODE) return {};
    return {reinterpret_cast<const char*>(node->data.scalar.value),
            node->data.scalar.length};
  }

  yaml_document_t document_;
  bool is_loaded_ = false;
};

bool is_same_server(std::string_view a, std::string_view b) {
  const UrlParts left = split_url(a), right = split_url(b);
  return !left.host.empty() && left.host == right.host &&
         left.port == right.port;
}

class Kubeconfig {
 public:
  explicit Kubeconfig(std::string_view text) : document_(text) {}

  Result<KubeAccess> access(std::string_view url) {
    if (!document_.root()) return fail("its kubeconfig cannot be read");
    yaml_node_t* const context = context_for(url);
    if (!context) return fail("its kubeconfig has no context");
    yaml_node_t* const cluster =
        named("clusters", "cluster", document_.text_at(context, "cluster"));
    yaml_node_t* const user =
        named("users", "user", document_.text_at(context, "user"));
    if (!user) return fail("its kubeconfig has no such user");
    KubeAccess access;
    access.authority =
        decoded_pem(document_.text_at(cluster, "certificate-authority-data"));
    access.certificate =
        decoded_pem(document_.text_at(user, "client-certificate-data"));
    access.key = decoded_pem(document_.text_at(user, "client-key-data"));
    access.token = document_.text_at(user, "token");
    access.username = document_.text_at(user, "username");
    access.password = document_.text_at(user, "password");
    if (access.token.empty() && access.username.empty() &&
        (access.certificate.empty() || access.key.empty())) {
      return fail(what_instead(user));
    }
    return access;
  }

 private:
  // The part called `part` of the named entry of a list of the file.
  yaml_node_t* named(std::string_view list, std::string_view part,
                     std::string_view name) {
    for (yaml_node_t* const item :
         document_.items(document_.at(document_.root(), list))) {
      if (document_.text_at(item, "name") == name) {
        return document_.at(item, part);
      }
    }
    return nullptr;
  }

  yaml_node_t* context_for(std::string_view url) {
    const std::string current =
        document_.text_at(document_.root(), "current-context");
    yaml_node_t* first = nullptr;
    yaml_node_t* first_of_server = nullptr;
    yaml_node_t* of_name = nullptr;
    for (yaml_node_t* const item :
         document_.items(document_.at(document_.root(), "contexts"))) {
      yaml_node_t* const context = document_.at(item, "context");
      if (!context) continue;
      const bool is_current = document_.text_at(item, "name") == current;
      if (!first) first = context;
      if (is_current) of_name = context;
      yaml_node_t* const cluster =
          named("clusters", "cluster", document_.text_at(context, "cluster"));
      if (is_same_server(document_.text_at(cluster, "server"), url) &&
          (!first_of_server || is_current)) {
        first_of_server = context;
      }
    }
    if (first_of_server) return first_of_server;
    return of_name ? of_name : first;
  }

  std::string what_instead(yaml_node_t* user) {
    for (const char* name : {"exec", "auth-provider"}) {
      if (document_.at(user, name)) {
        return "its user starts a program (" + std::string(name) +
               "), which is never done";
      }
    }
    for (const char* name : {"tokenFile", "client-key", "client-certificate"}) {
      if (document_.at(user, name)) {
        return "its user is in another file (" + std::string(name) + ")";
      }
    }
    return "its kubeconfig holds nothing to log in with";
  }

  Document document_;
};

}  // namespace

bool is_kubeconfig(std::string_view text) {
  return text.find("clusters") != text.npos &&
         text.find("users") != text.npos && text.find("contexts") != text.npos;
}

Result<KubeAccess> kubeconfig_access(std::string_view text,
                                     std::string_view url) {
  return Kubeconfig(text).access(url);
}

std::string decoded_pem(std::string_view base64) {
  std::string compact;
  for (const char c : base64) {
    if (c > ' ') compact += c;
  }
  const auto pem = decode_base64(compact);
  return pem && pem->find("-----BEGIN ") != pem->npos ? *pem : std::string();
}

}  // namespace overreach
