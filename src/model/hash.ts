// A fixed 32-bit hash of text: bottom-k samples must pick the same keys in every process, so nothing random goes in.

/*
  FNV-1a over UTF-16 code units (offset basis 2166136261, prime 16777619), then the finaliser of MurmurHash3
  (fmix32), because FNV alone leaves short keys badly spread in the high bits that bottom-k compares.
*/
export function hash32(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85_eb_ca_6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2_b2_ae_35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
