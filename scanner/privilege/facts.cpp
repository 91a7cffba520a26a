#include "scanner/privilege/facts.h"
namespace overreach {
std::optional<Decoded> decode_facts(std::string_view, std::string_view) { return std::nullopt; }
std::string format_date(std::int64_t) { return {}; }
}
