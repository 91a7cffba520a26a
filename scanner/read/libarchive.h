// The functions of libarchive that are used, loaded on first use.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include "scanner/base/shared_library.h"

namespace overreach {

struct Libarchive : SharedLibrary {
  Libarchive();
  decltype(&archive_read_new) read_new = nullptr;
  decltype(&archive_read_free) read_free = nullptr;
  decltype(&archive_read_support_filter_gzip) support_gzip = nullptr;
  decltype(&archive_read_support_filter_bzip2) support_bzip2 = nullptr;
  decltype(&archive_read_support_filter_xz) support_xz = nullptr;
  decltype(&archive_read_support_filter_zstd) support_zstd = nullptr;
  decltype(&archive_read_support_format_zip) support_zip = nullptr;
  decltype(&archive_read_support_format_tar) support_tar = nullptr;
  decltype(&archive_read_support_format_7zip) support_7zip = nullptr;
  decltype(&archive_read_support_format_ar) support_ar = nullptr;
  decltype(&archive_read_support_format_raw) support_raw = nullptr;
  decltype(&archive_read_open_fd) open_descriptor = nullptr;
  decltype(&archive_read_open_memory) open_memory = nullptr;
  decltype(&archive_read_open) open_stream = nullptr;
  decltype(&archive_read_next_header) next_header = nullptr;
  decltype(&archive_read_data) read_data = nullptr;
  decltype(&archive_format) format = nullptr;
  decltype(&archive_filter_code) filter_code = nullptr;
  decltype(&archive_entry_pathname) path = nullptr;
  decltype(&archive_entry_pathname_utf8) path_utf8 = nullptr;
  decltype(&archive_entry_filetype) file_type = nullptr;
  decltype(&archive_entry_size) size = nullptr;
  decltype(&archive_entry_is_data_encrypted) is_encrypted = nullptr;
};

// Loaded once for the process; any thread.
const Libarchive& libarchive();

}  // namespace overreach
