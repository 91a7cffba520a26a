// Secrets that specifications and vendors print for everybody: they open
// nothing, or an emulator on one's own machine.  The first eight bytes of their
// SHA-256, so that they stand in no scanner's way here.
#pragma once

#include <array>
#include <cstdint>

namespace overreach {

// clang-format off
inline constexpr auto kPublishedExamples = std::to_array<std::uint64_t>({
    // Google Authenticator's description of the otpauth URI.
    0x8be5d113c0871ce1u,
    0xd3873980f248ddebu,
    // MD5, SHA-1 and SHA-256 of nothing, "test", "password", "hello", "secret",
    // "123456" and "admin", in hexadecimal digits.
    0xf215faf9d88b7f0au,
    0x07e23ede2756aa3fu,
    0xcd372fb85148700fu,
    0x52bbea75ee75a6f1u,
    0x168601827c50b370u,
    0x7b3d979ca8330a94u,
    0x3f2cd8e57b096fe7u,
    0x0d287772dfced309u,
    0x113459eb7bb31bddu,
    0x4914e23374bb211eu,
    0x48e0954096864b1bu,
    0xd7914fe546b68468u,
    0x9f9dd1d2e3f189e7u,
    0x6d31c4c9c005c3fdu,
    0x3d91b58504a6cc3au,
    0xcdf4a007e2b02a0cu,
    0x299bbc6453f96d5cu,
    0x49dc52e6bf2abe5eu,
    0x465c194afb65670fu,
    0xb5a04226bda8fc65u,
    0x998ed4d621742d0cu,
    // RFC 4226 and 6238, the key of the test vectors in Base32.
    0x549c9390539efcfau,
    0x954656079bdf6ce0u,
    0xc3a6a7b7de1b7d69u,
    // RFC 7617 and its predecessors: Aladdin and test.
    0xcf4d418ed3de92d7u,
    0x73f71af093fdf154u,
    0x687da00b09c83361u,
    0x41ef4bb0b23661e6u,
    // RFC 6749: secrets, tokens, Basic headers.
    0x53f5da0aaa93d64cu,
    0xe9974c507d2a8021u,
    0xca7459e2b26776deu,
    0x584b27d64ebc1b33u,
    0x6c96130f130ab0d6u,
    0x00cf4c781dc37003u,
    // RFC 6750.
    0xb8e148545b13c78bu,
    // RFC 7515 and 7519, the payload of the token (joe), its key.
    0x32cd61d7a4d1ae9fu,
    0x8b1b17a9740c068au,
    // jwt.io, payloads of the tokens (John Doe).
    0x3373cfa8cfd3d256u,
    0x9cad21446b79d6b1u,
    0x25be1edd45a3a982u,
    // Microsoft: the storage emulators (Azurite) and Azurite's documentation.
    0x0011cc25eb432071u,
    // Microsoft: the Azure Cosmos DB emulator.
    0xaa6547439583c3a2u,
    // Stripe's API reference.
    0x2cafc0970149a84fu,
    0xf2d6ca16515033e5u,
    0xbcfb4d05983f8f01u,
    0x2d1f7723aabc5c7au,
    // Hardhat, Anvil: the accounts of the test mnemonic.
    0xf79cd64f9cea2378u,
    0xbc1a50966c9e6486u,
    0x8335c55334821eefu,
    0xb26ab6529d20ebebu,
    0x64034b44c579b335u,
    0x4d3e46eec8244d1du,
    0x0aedba9d586f34f9u,
    0x28e543d3753fc9d1u,
    0xf070994a85994785u,
    0x38e69fdd19aefeb4u,
    0x967f21586cdf1248u,
    0x0b33e0132123e78du,
    0x84bc109b3d59b017u,
    0x85bde548053aab4bu,
    0xf1513114f60e5e95u,
    0x5330d388af894c9eu,
    0xa2e06155cb1a424fu,
    0x4a67d7a0d8a16d6du,
    0xb08bdfde9930d920u,
    0xcf1fc66f853151a4u,
    0x100546a8b020a55au,
    // Ganache --deterministic: mnemonic and accounts.
    0x9c5d0a6656e5d3f3u,
    0x578592185588730bu,
    0x30e55f5463e22af0u,
    0x70b801afae94d2e6u,
    0x0bc9fde2b028e3b0u,
    0xf51c2c795f782308u,
    0x6dea34b661141091u,
    0xfaeb1dab5a326eefu,
    0x196fbadca8b7eea6u,
    0xecd5e9d0b08a8a9fu,
    0x3fd5610ee03a3503u,
    // The test keys of reCAPTCHA and Turnstile, which accept or refuse all.
    0xf5e95c9954635b65u,
    0x03b970ed8171d73bu,
    0xfb8f35129df87662u,
    0x1e3e58656012d861u,
    0x58eb73feb00653bdu,
    // Telegram's description of bot tokens.
    0x731fa294d036e54fu,
    // The addresses in dotenv's own documentation, which lies in many trees.
    0x51fb552dfad78676u,
    0x5e7ce3794b14169bu,
    // WireGuard's quick start.
    0xea1ca3e25b35a51eu,
    // The keys in the comment above wp_salt() of WordPress.
    0x4b769966d13255deu,
    0x8f8f9d06a40fbfb8u,
    0x6a5eb905e55eb7b2u,
    0x85b202a179e10732u,
    0x108741b452893a93u,
    0x5b225527d22f46b2u,
    0x3ff075ae6f33ec23u,
    0x775f6ca2c96d4d2au,
    // "secret" and "password" as the user factory of Laravel has them, and what
    // password-compat hashes to try crypt().
    0x619aae169eed1b55u,
    0xeeff4d1bcd7b6841u,
    0x5140951ee2f5df72u,
});
// clang-format on

}  // namespace overreach
