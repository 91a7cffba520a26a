// Where data and backups lie, by the folders and variables that tools agree
// on.
#pragma once

#include <string_view>

namespace overreach {

// Whether a path is the folder or below it.
bool is_below(std::string_view path, std::string_view folder);

// A folder that a database keeps its data in, or below one: "/data/db".
bool is_data_folder(std::string_view path);

// A folder for backups: "/backup", "/var/backups/daily".
bool is_backup_folder(std::string_view path);

// A variable that sends a backup away from this machine: AWS_S3_BUCKET_NAME.
bool sends_away(std::string_view variable);

}  // namespace overreach
