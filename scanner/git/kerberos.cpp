// What libgit2 asks of Kerberos when a server wants "Negotiate" (GSS-API,
// RFC 2744).  The library is loaded then: linked in, it and what it needs would
// cost every start of the program more than all else together.
//
// Types are the ABI's: a handle is a pointer, a status 32 bits.

#include <array>
#include <cstdint>

#include "scanner/base/shared_library.h"

namespace {

struct GssBuffer {
  std::size_t length;
  void* value;
};
struct GssOid {
  std::uint32_t length;
  void* elements;
};

constexpr std::uint32_t kFailure = 13u << 16;  // GSS_S_FAILURE

struct Kerberos : overreach::SharedLibrary {
  Kerberos() {
    open({"libgssapi_krb5.so.2"});
    bind(delete_context, "gss_delete_sec_context");
    bind(display_status, "gss_display_status");
    bind(import_name, "gss_import_name");
    bind(indicate_mechanisms, "gss_indicate_mechs");
    bind(init_context, "gss_init_sec_context");
    bind(release_buffer, "gss_release_buffer");
    bind(release_name, "gss_release_name");
    bind(release_oids, "gss_release_oid_set");
  }

  std::uint32_t (*delete_context)(std::uint32_t*, void**, GssBuffer*) = nullptr;
  std::uint32_t (*display_status)(std::uint32_t*, std::uint32_t, int, GssOid*,
                                  std::uint32_t*, GssBuffer*) = nullptr;
  std::uint32_t (*import_name)(std::uint32_t*, GssBuffer*, GssOid*,
                               void**) = nullptr;
  std::uint32_t (*indicate_mechanisms)(std::uint32_t*, void**) = nullptr;
  std::uint32_t (*init_context)(std::uint32_t*, void*, void**, void*, GssOid*,
                                std::uint32_t, std::uint32_t, void*, GssBuffer*,
                                GssOid**, GssBuffer*, std::uint32_t*,
                                std::uint32_t*) = nullptr;
  std::uint32_t (*release_buffer)(std::uint32_t*, GssBuffer*) = nullptr;
  std::uint32_t (*release_name)(std::uint32_t*, void**) = nullptr;
  std::uint32_t (*release_oids)(std::uint32_t*, void**) = nullptr;
};

const Kerberos& kerberos() {
  static const Kerberos library;
  return library;
}

// Fails when there is no library: the server then hears of no ticket.
template <typename Function, typename... Arguments>
std::uint32_t ask(Function Kerberos::*function, std::uint32_t* minor,
                  Arguments... arguments) {
  if (!kerberos().is_loaded()) {
    *minor = 0;
    return kFailure;
  }
  return (kerberos().*function)(minor, arguments...);
}

std::array<unsigned char, 10> host_based_service = {
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x01, 0x04};
GssOid host_based_service_oid = {host_based_service.size(),
                                 host_based_service.data()};

}  // namespace

extern "C" {

extern GssOid* GSS_C_NT_HOSTBASED_SERVICE;
GssOid* GSS_C_NT_HOSTBASED_SERVICE = &host_based_service_oid;

std::uint32_t gss_delete_sec_context(std::uint32_t* minor, void** context,
                                     GssBuffer* token) {
  return ask(&Kerberos::delete_context, minor, context, token);
}
std::uint32_t gss_display_status(std::uint32_t* minor, std::uint32_t status,
                                 int type, GssOid* mechanism,
                                 std::uint32_t* message, GssBuffer* text) {
  *text = {};
  *message = 0;  // nothing follows
  return ask(&Kerberos::display_status, minor, status, type, mechanism, message,
             text);
}
std::uint32_t gss_import_name(std::uint32_t* minor, GssBuffer* name,
                              GssOid* type, void** imported) {
  return ask(&Kerberos::import_name, minor, name, type, imported);
}
std::uint32_t gss_indicate_mechs(std::uint32_t* minor, void** mechanisms) {
  return ask(&Kerberos::indicate_mechanisms, minor, mechanisms);
}
std::uint32_t gss_init_sec_context(std::uint32_t* minor, void* credential,
                                   void** context, void* target,
                                   GssOid* mechanism, std::uint32_t wanted,
                                   std::uint32_t seconds, void* bindings,
                                   GssBuffer* in, GssOid** used, GssBuffer* out,
                                   std::uint32_t* granted,
                                   std::uint32_t* left) {
  return ask(&Kerberos::init_context, minor, credential, context, target,
             mechanism, wanted, seconds, bindings, in, used, out, granted,
             left);
}
std::uint32_t gss_release_buffer(std::uint32_t* minor, GssBuffer* buffer) {
  return ask(&Kerberos::release_buffer, minor, buffer);
}
std::uint32_t gss_release_name(std::uint32_t* minor, void** name) {
  return ask(&Kerberos::release_name, minor, name);
}
std::uint32_t gss_release_oid_set(std::uint32_t* minor, void** set) {
  return ask(&Kerberos::release_oids, minor, set);
}
}
