// Which actions AWS has that do more than read, to say what a wildcard in a
// policy stands for.  What is missing here is new, or only reads.
#pragma once

#include <span>
#include <string_view>

namespace overreach {

struct AwsService {
  std::string_view prefix;   // "s3"
  std::string_view actions;  // "AbortMultipartUpload CreateBucket ..."
};

std::span<const AwsService> aws_services();  // sorted by prefix

}  // namespace overreach
