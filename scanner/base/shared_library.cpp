#include "scanner/base/shared_library.h"

#include <dlfcn.h>

namespace overreach {

void SharedLibrary::open(std::initializer_list<const char*> names) {
  for (const char* const name : names) {
    handle_ = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (handle_) {
      missing_.clear();
      return;
    }
    if (!missing_.empty()) missing_ += " or ";
    missing_ += name;
  }
  missing_ += " is not installed";
}

void* SharedLibrary::symbol(const char* name) {
  if (!handle_) return nullptr;
  void* const found = dlsym(handle_, name);
  if (!found && missing_.empty()) {
    missing_ =
        std::string("an installed library is too old: it has no ") + name;
  }
  return found;
}

}  // namespace overreach
