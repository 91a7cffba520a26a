// Places where a file says itself which environment it is for: APP_ENV=staging,
// `environment: production` of a job, the namespace of a manifest.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "scanner/core/labelled_file.h"

namespace overreach {

class Declarations {
 public:
  explicit Declarations(std::string_view path, const EntryList& list);

  // The one that holds for the innermost section around the entry, null when
  // none does.
  const Origin* around(const Entry& entry) const;

 private:
  void add(const Entry& entry, std::string_view scope, const Origin& origin);

  // By document and section; "" is the whole document.
  std::map<std::pair<std::uint16_t, std::string>, Origin, std::less<>> scopes_;
};

}  // namespace overreach
