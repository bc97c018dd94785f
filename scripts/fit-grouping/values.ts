// Families of path values, far more and of more habits than any one API has, so that weights learn none by heart.
import { fakers, said } from "./faker.ts";
import type { Faker } from "./faker.ts";
import type { CorpusParameter } from "./corpus.ts";
import type { Random } from "./random.ts";

/** Words that values are made of beside the generated ones: those of other providers' routes and enums. */
export interface Lexicon {
  readonly routeWords: readonly string[];
  readonly enumWords: readonly string[];
  /** Examples that documents give for path parameters. */
  readonly examples: readonly string[];
}

/** Makes one value; `index` counts the values of a pool. */
export type Maker = (index: number) => string;

interface Habit {
  readonly random: Random;
  readonly faker: Faker;
  readonly lexicon: Lexicon;
}
type Family = (habit: Habit) => Maker;

const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const BASE62 = `${LOWER}${UPPER}${DIGITS}`;
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const pad = (number: number, width: number) => String(number).padStart(width, "0");

const IDS: Readonly<Record<string, Family>> = {
  sequence({ random }) {
    const start = random.logInt(1, 5_000_000);
    const step = random.logInt(1, 50);
    return (index) => String(start + index * step);
  },
  integer({ random }) {
    const most = random.logInt(20, 10_000_000);
    return () => String(random.int(1, most));
  },
  small({ random }) {
    const most = random.logInt(5, 400);
    return () => String(random.int(0, most));
  },
  snowflake({ random }) {
    const length = random.int(15, 19);
    const head = random.text("123456789", 2);
    return () => head + random.text(DIGITS, length - 2);
  },
  padded({ random }) {
    const width = random.int(4, 10);
    return (index) => pad(index * random.int(1, 3) + 1, width);
  },
  uuid({ random }) {
    const upper = random.chance(0.1);
    const bare = random.chance(0.15);
    return () => {
      const parts = [8, 4, 4, 4, 12].map((length) => random.text(HEX, length)).join(bare ? "" : "-");
      return upper ? parts.toUpperCase() : parts;
    };
  },
  ulid:
    ({ random }) =>
    () =>
      `01${random.text(CROCKFORD, 24)}`,
  hex({ random }) {
    const length = random.pick([6, 7, 8, 10, 12, 16, 24, 32, 40, 64]);
    return () => random.text(HEX, length);
  },
  base62({ random }) {
    const length = random.int(5, 27);
    return () => random.text(BASE62, length);
  },
  nano({ random }) {
    const length = random.pick([10, 12, 16, 21]);
    return () => random.text(`${BASE62}_-`, length);
  },
  code({ random }) {
    const length = random.int(4, 10);
    return () => random.text(random.chance(0.5) ? CROCKFORD : `${UPPER}${DIGITS}`, length);
  },
  prefixed({ random }) {
    const prefix = random.text(LOWER, random.int(1, 5));
    const mark = random.pick(["_", "-", "_live_", "."]);
    const length = random.int(6, 24);
    return () => `${prefix}${mark}${random.text(BASE62, length)}`;
  },
  numbered({ random, lexicon }) {
    const word = random.pick([random.pick(lexicon.routeWords), random.text(LOWER, random.int(1, 4))]);
    const prefix = random.chance(0.4) ? word.toUpperCase() : word;
    const mark = random.pick(["-", "_", "", ":", "."]);
    const width = random.pick([0, 0, 4, 6]);
    const start = random.logInt(1, 90_000);
    return (index) => `${prefix}${mark}${pad(start + index, width)}`;
  },
  sku({ random }) {
    const shape = random.pick(["AA-999-A", "AAA999", "99-AA-999", "A9A9A9", "AAAA-9999-99"]);
    return () => shape.replaceAll(/[A9]/g, (mark) => random.text(mark === "A" ? UPPER : DIGITS, 1));
  },
};

/** Word-like values: the ones that only their company tells from route words. */
const NAMES: Readonly<Record<string, Family>> = {
  given:
    ({ faker }) =>
    () =>
      plain(said(faker, "person.firstName")),
  surname:
    ({ faker }) =>
    () =>
      plain(said(faker, "person.lastName")),
  username: ({ faker, random }) => {
    const style = random.int(0, 5);
    return (index) => {
      const [first, last] = [plain(said(faker, "person.firstName")), plain(said(faker, "person.lastName"))];
      return [
        `${first}${last}`,
        `${first.charAt(0)}${last}`,
        `${first}.${last}`,
        `${first}_${last}`,
        `${first}${index % 97}`,
        said(faker, "internet.username").toLowerCase(),
      ][random.chance(0.6) ? style : random.int(0, 5)] as string;
    };
  },
  fullName:
    ({ faker }) =>
    () =>
      plain(said(faker, "person.fullName"), "-"),
  city: ({ faker, random }) => {
    const mark = random.pick(["-", "_", "%20", ""]);
    const lower = random.chance(0.6);
    return () => cased(said(faker, "location.city"), mark, lower);
  },
  company:
    ({ faker }) =>
    () =>
      plain(said(faker, "company.name"), "-"),
  product: ({ faker, random }) => {
    const mark = random.pick(["-", "-", "_", "%20"]);
    return () => cased(said(faker, "commerce.productName"), mark, mark !== "%20");
  },
  noun: ({ faker, random }) => {
    const style = random.int(0, 4);
    return () =>
      plain(
        [
          () => said(faker, "hacker.noun"),
          () => said(faker, "word.noun"),
          () => said(faker, "animal.type"),
          () => said(faker, "color.human"),
          () => said(faker, "commerce.department"),
        ][style]?.() ?? "",
        "-",
      );
  },
  animal:
    ({ faker }) =>
    () =>
      plain(said(faker, "animal.bird"), "-"),
  dish:
    ({ faker }) =>
    () =>
      plain(said(faker, "food.dish"), "-"),
  genre:
    ({ faker }) =>
    () =>
      plain(said(faker, "music.genre"), "-"),
  element:
    ({ faker }) =>
    () =>
      plain(said(faker, "science.chemicalElement")),
  branch: ({ faker, random }) => {
    const prefix = random.pick(["", "", "feature-", "fix-", "feature%2F"]);
    return (index) =>
      index === 0 ? random.pick(["main", "master", "develop"]) : `${prefix}${said(faker, "git.branch")}`;
  },
  title: ({ faker, random }) => {
    const words = random.int(2, 6);
    return () => plain(said(faker, "lorem.words", words), "-");
  },
  slug: ({ faker, random }) => {
    const tail = random.chance(0.3);
    return () =>
      `${said(faker, "word.adjective")}-${said(faker, "word.noun")}${tail ? `-${random.int(1, 999)}` : ""}`;
  },
  snake: ({ faker, random }) => {
    const mark = random.pick(["_", "_", ".", "-"]);
    return () => [said(faker, "word.noun"), said(faker, "word.noun")].join(mark).toLowerCase();
  },
  camel:
    ({ faker }) =>
    () => {
      const word = said(faker, "word.noun");
      return `${said(faker, "word.adjective")}${word.charAt(0).toUpperCase()}${word.slice(1)}`;
    },
  verb:
    ({ faker }) =>
    () =>
      said(faker, "word.verb"),
  jargon: ({ random }) => {
    const syllables = random.pick(SYLLABLES);
    const length = random.int(1, 4);
    const tail = random.chance(0.2) ? random.pick(["-svc", "-prod", "db", "42", "_v2"]) : "";
    return () =>
      Array.from({ length: random.int(1, length) + 1 }, () => random.pick(syllables)).join("") + tail;
  },
  /** Tables, topics and object types are called like routes are. */
  routeWord:
    ({ random, lexicon }) =>
    () =>
      random.pick(lexicon.routeWords),
  enumWord: ({ random, lexicon }) => {
    const upper = random.chance(0.3);
    return () => {
      const word = random.pick(lexicon.enumWords);
      return upper ? word.toUpperCase() : word;
    };
  },
  example:
    ({ random, lexicon }) =>
    () =>
      random.pick(lexicon.examples),
  local:
    ({ faker }) =>
    () =>
      encodeURIComponent(said(faker, "lorem.word")),
};

const SYLLABLES: readonly (readonly string[])[] = [
  "ka ki ko mi na no ra ri ro sa shi su ta to yu zen".split(" "),
  "vla dim mir slav gor grad nik pet rov ska ya zor".split(" "),
  "bel cor dan fer gal lor mar nes pal rin sol tor vel".split(" "),
  "bjor dal fjell gund hav holm lund nord stein vik yr".split(" "),
  "ai elo hei ju kau lai mak nen pu suo tal van".split(" "),
  "kube prom graf etcd flux argo helm istio vault nomad zip mq".split(" "),
];

/** Values whose form is that of a standard. */
const FORMS: Readonly<Record<string, Family>> = {
  email:
    ({ faker }) =>
    () =>
      said(faker, "internet.email").toLowerCase(),
  date: ({ random }) => {
    const style = random.pick(["-", "-", "", "time", "month"]);
    return () => {
      const [year, month, day] = [
        random.int(2015, 2026),
        pad(random.int(1, 12), 2),
        pad(random.int(1, 28), 2),
      ];
      if (style === "time") return `${year}-${month}-${day}T${pad(random.int(0, 23), 2)}:00:00Z`;
      return style === "month" ? `${year}-${month}` : [year, month, day].join(style);
    };
  },
  year:
    ({ random }) =>
    () =>
      String(random.int(1990, 2026)),
  locale: ({ faker, random }) => {
    const style = random.int(0, 3);
    return () => {
      const [language, country] = [
        LANGUAGES[random.int(0, LANGUAGES.length - 1)] ?? "en",
        said(faker, "location.countryCode"),
      ];
      return [language, `${language}-${country}`, `${language}_${country}`, language.toUpperCase()][
        style
      ] as string;
    };
  },
  country: ({ faker, random }) => {
    const style = random.int(0, 2);
    return () => {
      const code = said(faker, "location.countryCode", style === 2 ? "alpha-3" : "alpha-2");
      return style === 1 ? code.toLowerCase() : code;
    };
  },
  currency: ({ faker, random }) => {
    const lower = random.chance(0.3);
    return () =>
      lower ? said(faker, "finance.currencyCode").toLowerCase() : said(faker, "finance.currencyCode");
  },
  airport:
    ({ faker }) =>
    () =>
      said(faker, "airline.airport"),
  region: ({ random }) => {
    const clouds = ["us", "eu", "ap", "sa", "ca", "me", "af"];
    const places = ["east", "west", "north", "south", "central", "northeast"];
    const style = random.int(0, 2);
    return () => {
      const [cloud, place, number] = [random.pick(clouds), random.pick(places), random.int(1, 4)];
      return [`${cloud}-${place}-${number}`, `${cloud}-${place}${number}`, `${place}${cloud}`][
        style
      ] as string;
    };
  },
  host:
    ({ faker }) =>
    () =>
      said(faker, "internet.domainName"),
  file: ({ faker, random }) => {
    const extension = random.pick(["", "", ".txt", ".png", ".pdf", ".json", ".csv", ".tar.gz"]);
    return () =>
      extension === ""
        ? said(faker, "system.commonFileName")
        : `${plain(said(faker, "word.words", 2), "-")}${extension}`;
  },
  semver: ({ faker, random }) => {
    const prefix = random.pick(["", "", "v"]);
    return () => prefix + said(faker, "system.semver");
  },
  ip:
    ({ faker }) =>
    () =>
      said(faker, "internet.ipv4"),
  phone:
    ({ random }) =>
    () =>
      `+${random.int(1, 99)}${random.text(DIGITS, 10)}`,
  coordinates:
    ({ faker }) =>
    () =>
      `${said(faker, "location.latitude")},${said(faker, "location.longitude")}`,
  decimal:
    ({ random }) =>
    () =>
      (random.int(1, 9999) / 100).toFixed(2),
  ticker:
    ({ random }) =>
    () =>
      random.text(UPPER, random.int(2, 5)),
  isbn:
    ({ random }) =>
    () =>
      `978${random.text(DIGITS, 10)}`,
  list:
    ({ random }) =>
    () =>
      Array.from({ length: random.int(1, 3) }, () => random.int(1, 9999)).join(","),
  hash:
    ({ random }) =>
    () =>
      `sha256:${random.text(HEX, 64)}`,
};

const LANGUAGES = "en fr de es it pt ja ko zh nl sv nb da fi pl ru tr ar he cs hu th vi id uk el ro hi".split(
  " ",
);

/** Few-valued words: statuses, kinds, formats. */
const CLOSED: Readonly<Record<string, Family>> = {
  kind: NAMES["enumWord"] as Family,
  route: NAMES["routeWord"] as Family,
  noun: NAMES["noun"] as Family,
};

const FAMILIES: Readonly<Record<string, Readonly<Record<string, Family>>>> = {
  id: IDS,
  name: NAMES,
  form: FORMS,
  closed: CLOSED,
};

/** ASCII letters, digits and the mark between words, as most APIs make of a name; empty names become one letter. */
function plain(text: string, mark = ""): string {
  const bare = text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, mark)
    .replaceAll(/^-+|-+$/g, "");
  return bare === "" ? encodeURIComponent(text.split(" ")[0]?.toLowerCase() ?? "x") : bare;
}

function cased(text: string, mark: string, lower: boolean): string {
  return lower
    ? plain(text, mark === "%20" ? "-" : mark)
    : encodeURIComponent(text.replaceAll(/[/%]/g, " ")).replaceAll("%20", mark === "%20" ? "%20" : mark);
}

/** Parameter names that say what stands there; most APIs keep to them, some do not. */
const BY_NAME: readonly (readonly [RegExp, readonly string[]])[] = [
  [/e?mail/, ["form email"]],
  [/locale|lang/, ["form locale"]],
  [/country|nation/, ["form country"]],
  [/region|zone|location|area/, ["form region", "name city", "name noun"]],
  [/currency/, ["form currency"]],
  [/domain|host/, ["form host"]],
  [/file|path|image|photo/, ["form file", "id hex"]],
  [/version|tag|release/, ["form semver", "name branch", "id small", "name slug"]],
  [/^ip|address/, ["form ip", "form host", "id hex"]],
  [/phone|msisdn|mobile/, ["form phone"]],
  [/sha|hash|digest|commit|md5|checksum/, ["id hex", "form hash"]],
  [/date|day|from|to$|since|until/, ["form date"]],
  [/year|season/, ["form year"]],
  [/month|week|hour|page|limit|size|width|height|count|index|offset|position|level|round/, ["id small"]],
  [/lat|lon|lng|coord|point/, ["form coordinates", "form decimal"]],
  [/airport|station|stop|iata/, ["form airport", "id integer", "name city"]],
  [/symbol|ticker|stock|coin|market|pair/, ["form ticker", "form currency", "name snake"]],
  [/isbn|ean|upc|barcode|gtin/, ["form isbn"]],
  [
    /^type$|type$|format|scope|kind|status|state|action|mode|category|section|method|event/,
    ["closed kind", "closed route", "closed noun", "name camel", "name snake"],
  ],
  [/user|login|owner|author|member|account|person|player|customer/, ["name username", "name given", "id"]],
  [/city|town|place|venue/, ["name city", "id"]],
  [
    /org|team|workspace|company|tenant|namespace|group|vendor|merchant|brand/,
    ["name company", "name jargon", "name username", "name slug", "id"],
  ],
  [/slug|title|permalink|handle/, ["name slug", "name title", "name product", "name fullName"]],
  [
    /name|label|topic|key|bucket|realm|project|repo|collection|table|resource|field|attribute|environment|channel|queue|schema|database|model|index/,
    ["name"],
  ],
  [/code|symbol/, ["id code", "form ticker", "name snake", "id sku"]],
];

/** The habits of one API: most of its ids look alike. */
export interface House {
  readonly habit: Habit;
  readonly idFamily: string;
  readonly nameFamily: string;
  /** How often a parameter's own name and type are ignored. */
  readonly loose: number;
  readonly uniform: number;
}

const LOCALES = Object.keys(fakers);

export function houseOf(random: Random, lexicon: Lexicon): House {
  const locale = random.chance(0.4) ? "en" : random.pick(LOCALES);
  const faker = fakers[locale] as Faker;
  faker.seed(random.int(0, 2 ** 31));
  return {
    habit: { random, faker, lexicon },
    idFamily: random.pick(Object.keys(IDS)),
    nameFamily: random.pick(Object.keys(NAMES)),
    loose: random.pick([0, 0.05, 0.1, 0.3]),
    uniform: random.pick([0, 0.4, 0.7, 0.9]),
  };
}

/** How values of a parameter are made here; "closed" says that there are few. */
export function makerFor(
  house: House,
  name: string,
  fact: CorpusParameter,
): { readonly make: Maker; readonly family: string } {
  const { habit, loose } = house;
  const random = habit.random;
  if (fact.enum !== undefined && !random.chance(loose)) {
    const allowed = fact.enum.filter((value) => value !== "");
    if (allowed.length > 0)
      return { family: "closed enum", make: () => encodeURIComponent(random.pick(allowed)) };
  }
  const family = random.chance(loose) ? anyFamily(random) : familyFor(house, name, fact);
  return { family, make: makerOf(habit, family) };
}

function familyFor(house: House, name: string, fact: CorpusParameter): string {
  const { random } = house.habit;
  const n = name.replaceAll(/[^A-Za-z]/g, "");
  if (/^(integer|number)$/.test(fact.type ?? ""))
    return `id ${random.pick(["sequence", "integer", "small", "integer"])}`;
  if (/uuid|guid/i.test(`${fact.format ?? ""} ${n}`)) return "id uuid";
  if (/date/.test(fact.format ?? "")) return "form date";
  if (/(?:^id|Id|ID|Ref|Number|Token|Uid|Sid|Guid)$/.test(n) && !random.chance(0.12)) return idFamily(house);
  const named = BY_NAME.find(([pattern]) => pattern.test(n.toLowerCase()));
  if (named !== undefined) {
    const family = random.pick(named[1]);
    return family === "name" ? nameFamily(house) : family === "id" ? idFamily(house) : family;
  }
  return random.chance(0.5) ? idFamily(house) : random.chance(0.8) ? nameFamily(house) : anyFamily(random);
}

function idFamily({ habit: { random }, idFamily, uniform }: House): string {
  return random.chance(uniform) ? `id ${idFamily}` : `id ${random.pick(Object.keys(IDS))}`;
}

function nameFamily({ habit: { random }, nameFamily, uniform }: House): string {
  return random.chance(uniform / 2) ? `name ${nameFamily}` : `name ${random.pick(Object.keys(NAMES))}`;
}

function anyFamily(random: Random): string {
  const kind = random.weighted([
    ["id", 4],
    ["name", 5],
    ["form", 3],
    ["closed", 1],
  ] as const);
  return `${kind} ${random.pick(Object.keys(FAMILIES[kind] ?? {}))}`;
}

/** A value that cannot be made (a locale without such words) is a number. */
function makerOf(habit: Habit, family: string): Maker {
  const [kind = "id", name = "integer"] = family.split(" ");
  const make = (FAMILIES[kind]?.[name] ?? (IDS["integer"] as Family))(habit);
  return (index) => {
    try {
      const value = make(index).replaceAll(/[/?#\s]/g, "-");
      return value === "" || value === "." || value === ".." ? String(index) : value;
    } catch {
      return `${name}${index}`;
    }
  };
}

/** Number of values of a pool: closed families have few, others anything. */
export function poolSize(random: Random, family: string, most: number): number {
  if (family.startsWith("closed")) return random.logInt(2, 24);
  return random.chance(0.02) ? 1 : random.logInt(2, most);
}
