#include "scanner/read/libarchive.h"

namespace overreach {

Libarchive::Libarchive() {
  open({"libarchive.so.13"});
  bind(read_new, "archive_read_new");
  bind(read_free, "archive_read_free");
  bind(support_gzip, "archive_read_support_filter_gzip");
  bind(support_bzip2, "archive_read_support_filter_bzip2");
  bind(support_xz, "archive_read_support_filter_xz");
  bind(support_zstd, "archive_read_support_filter_zstd");
  bind(support_zip, "archive_read_support_format_zip");
  bind(support_tar, "archive_read_support_format_tar");
  bind(support_7zip, "archive_read_support_format_7zip");
  bind(support_ar, "archive_read_support_format_ar");
  bind(support_raw, "archive_read_support_format_raw");
  bind(open_descriptor, "archive_read_open_fd");
  bind(open_memory, "archive_read_open_memory");
  bind(open_stream, "archive_read_open");
  bind(next_header, "archive_read_next_header");
  bind(read_data, "archive_read_data");
  bind(format, "archive_format");
  bind(filter_code, "archive_filter_code");
  bind(path, "archive_entry_pathname");
  bind(path_utf8, "archive_entry_pathname_utf8");
  bind(file_type, "archive_entry_filetype");
  bind(size, "archive_entry_size");
  bind(is_encrypted, "archive_entry_is_data_encrypted");
}

const Libarchive& libarchive() {
  static const Libarchive library;
  return library;
}

}  // namespace overreach
