#include "scanner/base/program_build.h"

#include <elf.h>
#include <link.h>

#include <cstddef>
#include <cstring>
#include <fstream>
#include <iterator>

namespace overreach {

std::string program_build() {
  std::string id;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* out) {
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const auto& part = info->dlpi_phdr[i];
          if (part.p_type != PT_NOTE) continue;
          const auto* at =
              reinterpret_cast<const char*>(info->dlpi_addr + part.p_vaddr);
          const char* const end = at + part.p_memsz;
          ElfW(Nhdr) note;
          while (end - at > static_cast<std::ptrdiff_t>(sizeof note)) {
            std::memcpy(&note, at, sizeof note);
            const std::size_t name = (note.n_namesz + 3) / 4 * 4;
            const std::size_t bytes = (note.n_descsz + 3) / 4 * 4;
            if (note.n_type == NT_GNU_BUILD_ID) {
              static_cast<std::string*>(out)->assign(at + sizeof note + name,
                                                     note.n_descsz);
              return 1;
            }
            at += sizeof note + name + bytes;
          }
        }
        return 1;  // the program itself comes first
      },
      &id);
  if (!id.empty()) return id;
  std::ifstream program("/proc/self/exe", std::ios::binary);
  return {std::istreambuf_iterator<char>(program), {}};
}

}  // namespace overreach
