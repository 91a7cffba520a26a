// Client libraries that are loaded when the first connection needs them, so
// that the program starts no slower and runs where they are not installed.
//
// A library's table has a pointer per function, each filled by name:
//   struct Libpq : SharedLibrary { decltype(&::PQfinish) finish = nullptr; };
#pragma once

#include <initializer_list>
#include <string>

namespace overreach {

class SharedLibrary {
 public:
  bool is_loaded() const { return missing_.empty() && handle_; }
  // "libpq.so.5 is not installed" or the like; empty once loaded.
  const std::string& missing() const { return missing_; }

 protected:
  // Tries the names in turn.  The handle stays open: unloading TLS libraries
  // crashes at exit.
  void open(std::initializer_list<const char*> names);

  // Fills `function`, or notes what is missing.
  template <typename Function>
  void bind(Function& function, const char* name) {
    function = reinterpret_cast<Function>(symbol(name));
  }

 private:
  void* symbol(const char* name);
  void* handle_ = nullptr;
  std::string missing_;
};

}  // namespace overreach
