/*
 * SHA-256 (FIPS 180-4), for telling whether something is still what was approved. Bytes in, digits
 * out; what the bytes mean is the caller's.
 */
#include <contplan/base.h>

enum { BLOCK = 64, LENGTH = 8 };

struct sha256 {
    uint32_t state[8];
};

static const uint32_t first_state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t word, unsigned by)
{
    return word >> by | word << (32 - by);
}

/* The message schedule of a block (FIPS 180-4, 6.2.2, step 1). */
static void spread(uint32_t words[64], const unsigned char *block)
{
    for (size_t i = 0; i < 16; i++) {
        const unsigned char *at = block + 4 * i;
        words[i] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    }
    for (size_t i = 16; i < 64; i++) {
        uint32_t a = words[i - 15];
        uint32_t b = words[i - 2];
        words[i] = words[i - 16] + words[i - 7] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
                   (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
}

/* Steps 2 to 4: `w` are the working variables a to h. */
static void add_block(struct sha256 *sha, const unsigned char *block)
{
    uint32_t words[64];
    uint32_t w[8];
    spread(words, block);
    memcpy(w, sha->state, sizeof w);
    for (size_t i = 0; i < 64; i++) {
        uint32_t high = rotate(w[4], 6) ^ rotate(w[4], 11) ^ rotate(w[4], 25);
        uint32_t choice = (w[4] & w[5]) ^ (~w[4] & w[6]);
        uint32_t first = w[7] + high + choice + constants[i] + words[i];
        uint32_t low = rotate(w[0], 2) ^ rotate(w[0], 13) ^ rotate(w[0], 22);
        uint32_t majority = (w[0] & w[1]) ^ (w[0] & w[2]) ^ (w[1] & w[2]);
        memmove(w + 1, w, 7 * sizeof w[0]);
        w[4] += first;
        w[0] = first + low + majority;
    }
    for (size_t i = 0; i < 8; i++) {
        sha->state[i] += w[i];
    }
}

/* What is left over from whole blocks, a one bit, zeros, the length in bits. */
static void add_tail(struct sha256 *sha, struct cp_str rest, uint64_t bits)
{
    unsigned char tail[2 * BLOCK] = {0};
    size_t blocks = rest.len + 1 + LENGTH > BLOCK ? 2 : 1;
    if (rest.len > 0) {
        memcpy(tail, rest.at, rest.len);
    }
    tail[rest.len] = 0x80;
    for (size_t i = 0; i < LENGTH; i++) {
        tail[blocks * BLOCK - 1 - i] = (unsigned char)(bits >> (8 * i));
    }
    for (size_t i = 0; i < blocks; i++) {
        add_block(sha, tail + i * BLOCK);
    }
}

void cp_sha256(char out[CP_SHA256_TEXT], struct cp_str bytes)
{
    static const char digits[] = "0123456789abcdef";
    struct sha256 sha;
    memcpy(sha.state, first_state, sizeof sha.state);
    struct cp_str rest = bytes;
    for (; rest.len >= BLOCK; rest = cp_str_slice(rest, BLOCK, rest.len)) {
        add_block(&sha, (const unsigned char *)rest.at);
    }
    add_tail(&sha, rest, (uint64_t)bytes.len * 8);
    for (size_t i = 0; i < CP_SHA256_TEXT - 1; i++) {
        out[i] = digits[sha.state[i / 8] >> (28 - 4 * (i % 8)) & 0xf];
    }
    out[CP_SHA256_TEXT - 1] = '\0';
}
