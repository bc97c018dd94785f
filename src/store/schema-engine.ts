// Prisma's schema engine as WebAssembly: the native one is a download at install time, this one is in an npm package.
import type { EventEmitter } from "node:events";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

const NAME = "@prisma/schema-engine-wasm/schema_engine_bg";

/** The bindings as they are; the package's own entry imports .wasm as a module, which Node does not do yet. */
interface Bindings {
  readonly SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: unknown): void;
}

/** What of WebAssembly is needed; ES2023's types leave it to the DOM's. */
interface WebAssemblyApi {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ readonly instance: { readonly exports: object } }>;
}

let bindings: Promise<Bindings> | null = null;

async function loadBindings(): Promise<Bindings> {
  // Where the engine leaves its last words before it aborts; thrown, they name the reason.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: abort } });
  const script = createRequire(import.meta.url).resolve(NAME);
  const glue = (await import(pathToFileURL(script).href)) as Bindings;
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };
  const bytes = await readFile(script.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return glue;
}

function abort(message: string): never {
  throw new Error(`the schema engine gave up: ${message}`);
}

/** Runs `use` with an engine connected to the database; `schema` is the text of schema.prisma. */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: string,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await (bindings ??= loadBindings());
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // An idle connection that breaks is replaced; without a listener it would end the process.
  pool.on("error", () => undefined);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(catalogueAdapter(pool));
    const engine = await SchemaEngine.new(
      { datamodels: [["schema.prisma", schema]] },
      () => undefined,
      adapter,
    );
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/*
  Type oids (PostgreSQL, src/include/catalog/pg_type.dat)
    18 "char", one byte, used in the system catalogue only   25 text
*/
const ONE_BYTE = 18;
const TEXT = 25;

/**
 * The engine reads one-byte columns of the catalogue (since PostgreSQL 18 every NOT NULL has such a row), the adapter
 * refuses their type: they are read as text, and reported as what they are.
 */
function catalogueAdapter(pool: pg.Pool): PrismaPg {
  // Columns of the last answer; the engine asks one thing at a time.
  let oneByte: number[] = [];
  pool.on("connect", (client) => {
    const { connection } = client as unknown as { readonly connection: EventEmitter };
    connection.prependListener("rowDescription", ({ fields }: { readonly fields: Field[] }) => {
      oneByte = fields.flatMap(({ dataTypeID }, index) => (dataTypeID === ONE_BYTE ? [index] : []));
      for (const index of oneByte) Object.assign(fields[index] ?? {}, { dataTypeID: TEXT });
    });
  });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      oneByte = [];
      const answer = await queryRaw(query);
      for (const index of oneByte) answer.columnTypes[index] = ColumnTypeEnum.Character;
      return answer;
    };
    return adapter;
  };
  return factory;
}

interface Field {
  readonly dataTypeID: number;
}
