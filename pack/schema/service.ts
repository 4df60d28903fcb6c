import { Type, type Static } from 'typebox';
import * as codes from '@zhengwu/contracts';
import { FieldLayout, FormStep, Text } from '@zhengwu/contracts';
import { reasonUses } from './codes.ts';
import { closed, Expression, keysOf, Sample, Slug } from './parts.ts';
import { Listing } from './listing.ts';

/** Where a fact is looked up. */
export const FactSource = Type.Union([
  /** A record of the register about them; `holds` is FEEL over `record`, `about` and `today`; a record is enough where nothing is said. */
  closed({ register: Slug, holds: Type.Optional(Expression) }),
  /** A valid licence of this type that the applicant holds. */
  closed({ licence: Slug }),
]);
export type FactSource = Static<typeof FactSource>;

/** What must be true for the service to be given 证明事项: a fact, not a paper. The first source that says yes establishes it. */
export const Need = closed({
  code: Slug,
  statement: Text,
  /** FEEL over `applicant` and `application`: of whom it must be true, a number or a context with `number`, or a list of these; the applicant unless said. */
  of: Type.Optional(Expression),
  sources: Type.Array(FactSource, { minItems: 1, maxItems: 10 }),
  /** The law or agreement by which it may be looked up. */
  authority: Text,
});
export type Need = Static<typeof Need>;

/** A document a case needs. What is established by a look-up is never asked for again. */
export const Material = closed({
  code: Slug,
  name: Text,
  kind: Text,
  need: keysOf(codes.materialNeeds),
  /** FEEL: asked for only when true. */
  needWhen: Type.Optional(Expression),
  source: keysOf(codes.materialSources),
  sourceExplain: Type.Optional(Text),
  form: keysOf(codes.materialForms),
  pages: Type.Integer({ minimum: 0 }),
  pageFormat: Text,
  copies: Type.Integer({ minimum: 0 }),
  satisfiedBy: closed({
    /** The need that it proves: asked for only where no source establishes that. */
    need: Type.Optional(Slug),
    upload: Type.Optional(
      closed({
        types: Type.Array(
          Type.Unsafe<'application/pdf' | 'image/jpeg' | 'image/png'>(
            Type.Enum(['application/pdf', 'image/jpeg', 'image/png']),
          ),
          { minItems: 1 },
        ),
        /** Bytes. */
        maxSize: Type.Integer({ minimum: 1024, maximum: 52_428_800 }),
        maxFiles: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
      }),
    ),
  }),
  sample: Sample,
  fillExplain: Type.Optional(Text),
  acceptStandard: Text,
  byLaw: Text,
});
export type Material = Static<typeof Material>;

/** The way it was done before: counted once, from the old guide or a time-and-motion study. */
export const Before = closed({
  source: Text,
  steps: Type.Array(closed({ name: Text, minutes: Type.Integer({ minimum: 0 }), visit: Type.Optional(Type.Boolean()) }), { minItems: 1 }),
  papers: Type.Integer({ minimum: 0 }),
  visits: Type.Integer({ minimum: 0 }),
  /** How many officials touched it. */
  hands: Type.Integer({ minimum: 0 }),
  days: Type.Integer({ minimum: 0 }),
});
export type Before = Static<typeof Before>;

/** Questions and the decision that answers them with `{ eligible, reasons, materials?, fee?, instead? }`. */
export const PreCheck = closed({
  decision: Type.String(),
  /** JSON Schema (object) of the answers. */
  schema: Type.Record(Type.String(), Type.Unknown()),
  questions: Type.Array(FieldLayout),
});
export type PreCheck = Static<typeof PreCheck>;

export const Service = closed({
  code: Slug,
  /** One sentence for lists: what one gets. */
  summary: Text,
  /** The verb on the button: "Apply for a replacement card". */
  action: Text,
  /** Words people use for it, for search. */
  keywords: Type.Array(Type.String()),
  listing: Listing,
  /** Secrecy label 密级 of its cases; internal unless said. Above the site's highest the pack is refused. */
  label: Type.Optional(keysOf(codes.secrecyLevels)),
  /** How surely the applicant's identity must be known online: 1 as they told it (unless said), 2 checked against a document or by a trusted source. */
  assurance: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 })),
  form: Type.Array(FormStep, { minItems: 1 }),
  /** FEEL over `application`: the line that names the case in lists. */
  subject: Expression,
  /** FEEL over `application` and `facts`: rules across steps, each with what to tell. */
  rules: Type.Array(closed({ path: Type.String(), must: Expression, message: Text })),
  /** Facts that are looked up before any paper is asked for. */
  needs: Type.Array(Need, { maxItems: 50 }),
  materials: Type.Array(Material),
  preCheck: PreCheck,
  process: Slug,
  licences: Type.Array(Slug),
  /** Registers read into `facts` under the register's camelCase name. */
  facts: Type.Array(closed({ name: Type.String({ pattern: '^[a-z][A-Za-z0-9]*$' }), register: Slug, key: Expression })),
  /** Structured reasons that officials choose from before they write. */
  reasons: Type.Array(closed({ code: Slug, text: Text, for: Type.Array(keysOf(reasonUses), { minItems: 1 }) })),
  before: Before,
});
export type Service = Static<typeof Service>;
