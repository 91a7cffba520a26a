// What a certificate elsewhere in the tree says about a private key.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "scanner/base/encoding.h"
#include "scanner/pipeline/pipeline.h"
#include "tests/match/matching.h"
#include "tests/privilege/made_certificate.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNow = 1'800'000'000;

class CertificateScan : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "keys_XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& path, std::string_view text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }

  // The reach of the only credential: "write inferred".
  std::string reach() {
    ScanOptions options;
    options.targets = {folder_.string()};
    options.now = kNow;
    Progress progress;
    const auto report = scan(options, all_rules(), progress);
    if (!report || report->credentials.size() != 1) return "not one";
    const Reach& found = report->credentials[0].reach;
    return std::string(to_string(found.level)) + " " +
           std::string(to_string(found.evidence));
  }

  fs::path folder_;
  const CertificateMaker maker_ =
      CertificateMaker()
          .subject("CN", "shop.example.org")
          .extension(NID_subject_alt_name, "DNS:shop.example.org");
  const MadeCertificate made_ = maker_.make(kNow + 1);
};

TEST_F(CertificateScan, OfAKeyAlone) {
  write("a/tls.key", made_.key);
  EXPECT_EQ(reach(), "root assumed");
}

TEST_F(CertificateScan, BesideIt) {
  write("a/tls.key", made_.key);
  write("b/chain.crt", made_.certificate);
  EXPECT_EQ(reach(), "write inferred");
}

TEST_F(CertificateScan, InTheSameText) {
  write("a/secret.yaml",
        "kind: Secret\ndata:\n  tls.crt: " + encode_base64(made_.certificate) +
            "\n  tls.key: " + encode_base64(made_.key) + "\n");
  EXPECT_EQ(reach(), "write inferred");
}

TEST_F(CertificateScan, Expired) {
  write("a/tls.key", made_.key);
  write("a/tls.pem", maker_.make(kNow - 1).certificate);
  EXPECT_EQ(reach(), "unknown inferred");
  write("a/renewed.pem", made_.certificate);
  EXPECT_EQ(reach(), "write inferred");
}

TEST_F(CertificateScan, OfTests) {
  write("tests/tls.key", made_.key);
  write("tests/tls.crt", made_.certificate);
  EXPECT_EQ(reach(), "unknown assumed");
}

}  // namespace
}  // namespace overreach
