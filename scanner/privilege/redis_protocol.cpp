#include "scanner/privilege/redis_protocol.h"

#include <charconv>

namespace overreach {
namespace {

using Json = nlohmann::json;
constexpr std::size_t kMaxBytes = 4 << 20;
constexpr int kMaxDepth = 8;

// Walks over one reply.  `is_whole` turns false at the end of the bytes,
// `is_broken` true at what is no RESP; both end every read.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool is_whole = true, is_broken = false, is_error = false;
  std::size_t at() const { return at_; }

  Json value(int depth) {
    if (depth > kMaxDepth) return broken();
    const std::string_view line = next_line();
    if (line.empty()) return stopped() ? Json() : broken();
    const std::string_view rest = line.substr(1);
    switch (line[0]) {
      case '-':
      case '!':
        if (depth == 0) is_error = true;
        return line[0] == '-' ? Json(rest) : bulk(rest);
      case '+':
      case '(':
        return Json(rest);
      case ':':
        return number(rest);
      case ',':
        return Json::parse(rest, nullptr, false).is_number() ? Json::parse(rest)
                                                             : Json(rest);
      case '#':
        return Json(rest == "t");
      case '_':
        return Json();
      case '$':
        return bulk(rest);
      case '=':
        return without_form(bulk(rest));
      case '*':
      case '~':
      case '>':
        return list(rest, depth);
      case '%':
        return map(rest, depth);
      default:
        return broken();
    }
  }

 private:
  bool stopped() const { return !is_whole || is_broken; }

  Json broken() {
    is_broken = true;
    return Json();
  }

  std::string_view next_line() {
    const std::size_t end = bytes_.find("\r\n", at_);
    if (end == bytes_.npos) {
      is_whole = false;
      return {};
    }
    const std::string_view line = bytes_.substr(at_, end - at_);
    at_ = end + 2;
    return line;
  }

  Json number(std::string_view digits) {
    long long parsed = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), parsed);
    if (error != std::errc() || end != digits.data() + digits.size()) {
      return broken();
    }
    return parsed;
  }

  // Negative for "nothing"; -2 when it is no count.
  long long count(std::string_view digits) {
    const Json parsed = number(digits);
    if (!parsed.is_number()) return -2;
    const auto value = parsed.get<long long>();
    if (value > static_cast<long long>(kMaxBytes)) is_broken = true;
    return value;
  }

  Json bulk(std::string_view digits) {
    const long long size = count(digits);
    if (size < 0 || is_broken) return Json();
    const auto bytes = static_cast<std::size_t>(size);
    if (bytes_.size() - at_ < bytes + 2) {
      is_whole = false;
      return Json();
    }
    std::string text(bytes_.substr(at_, bytes));
    at_ += bytes + 2;
    return text;
  }

  // "txt:..." of a verbatim text.
  static Json without_form(const Json& text) {
    if (!text.is_string()) return text;
    const auto& whole = text.get_ref<const std::string&>();
    return whole.size() > 4 && whole[3] == ':' ? Json(whole.substr(4)) : text;
  }

  Json list(std::string_view digits, int depth) {
    const long long size = count(digits);
    if (size < 0) return Json();
    Json items = Json::array();
    for (long long i = 0; i < size && !stopped(); ++i) {
      items.push_back(value(depth + 1));
    }
    return items;
  }

  Json map(std::string_view digits, int depth) {
    const long long size = count(digits);
    Json object = Json::object();
    for (long long i = 0; i < size && !stopped(); ++i) {
      const Json key = value(depth + 1);
      Json item = value(depth + 1);
      object[key.is_string()
                 ? key.get<std::string>()
                 : key.dump(-1, ' ', false, Json::error_handler_t::replace)] =
          std::move(item);
    }
    return object;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace

std::string redis_command(const std::vector<std::string>& words) {
  std::string bytes = "*" + std::to_string(words.size()) + "\r\n";
  for (const std::string& word : words) {
    bytes += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
  }
  return bytes;
}

Result<std::optional<RedisReply>> take_redis_reply(std::string& bytes) {
  Reader reader(bytes);
  RedisReply reply;
  reply.value = reader.value(0);
  if (reader.is_broken || bytes.size() > 2 * kMaxBytes) {
    return fail("the answer is not Redis'");
  }
  if (!reader.is_whole) return std::optional<RedisReply>();
  reply.is_error = reader.is_error;
  bytes.erase(0, reader.at());
  return std::optional<RedisReply>(std::move(reply));
}

}  // namespace overreach
