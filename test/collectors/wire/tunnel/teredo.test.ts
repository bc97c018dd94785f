import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readTeredo } from "../../../../collectors/wire/tunnel/teredo.ts";
import { testLayers } from "../link/layer.ts";

const IPV6 = "60".repeat(60);

testLayers(
  ["bare", readTeredo, IPV6, LAYER.ipv6, 0],
  ["with origin", readTeredo, `0000 0000 00000000 ${IPV6}`, LAYER.ipv6, 8],
  ["with authentication", readTeredo, `0001 0000 0000000000000000 00 ${IPV6}`, LAYER.ipv6, 13],
  ["something else", readTeredo, "11".repeat(60), LAYER.done, 0],
);
