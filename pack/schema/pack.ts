import { Type, type Static } from 'typebox';
import { Day, Text } from '@zhengwu/contracts';
import { Indicator } from './indicator.ts';
import { Intake } from './intake.ts';
import { closed, DepartmentCode, Expression, FilePath, Key, Slug } from './parts.ts';
import { Register } from './register.ts';
import { Service } from './service.ts';

const LicenceField = closed({
  key: Key,
  label: Text,
  format: Type.Unsafe<'text' | 'date' | 'money' | 'citizenNumber' | 'uscc'>(
    Type.Enum(['text', 'date', 'money', 'citizenNumber', 'uscc']),
  ),
  /** Masked on the public verification page. */
  personal: Type.Boolean(),
  required: Type.Boolean(),
});

/** A type of electronic licence that cases issue (GB/T 36904). */
export const LicenceType = closed({
  code: Slug,
  name: Text,
  /** Licence type part of the identifier (the part after 1.2.156.3005.2). */
  typeCode: Type.String({ pattern: '^[0-9A-Z]{4,24}$' }),
  issuer: closed({ department: DepartmentCode, name: Text, uscc: Type.String({ pattern: '^[0-9A-Z]{18}$' }) }),
  holder: Type.Unsafe<'person' | 'company'>(Type.Enum(['person', 'company'])),
  fields: Type.Array(LicenceField, { minItems: 1 }),
  /** Years from issue, or FEEL over `fields` for the last day; neither: no end. */
  validity: closed({ years: Type.Optional(Type.Integer({ minimum: 1 })), until: Type.Optional(Expression) }),
  /** A new one makes the holder's older ones of this type superseded. */
  replaces: Type.Boolean(),
  template: closed({
    layout: Type.Unsafe<'card' | 'certificate'>(Type.Enum(['card', 'certificate'])),
    title: Text,
    /** Keys of the fields in the order in which they are set. */
    rows: Type.Array(Key),
    /** Code of the material whose picture is set as the portrait. */
    portrait: Type.Optional(Slug),
    footer: Type.Optional(Text),
  }),
});
export type LicenceType = Static<typeof LicenceType>;

/** What happens in a life 一件事, with the services that belong to it, of this pack or of `usesServices`. */
export const LifeEvent = closed({
  code: Slug, name: Text, summary: Text, services: Type.Array(Slug, { minItems: 1, maxItems: 12 }),
  /** Applied for as one, in the order of `services`: one form, one moment, one timeline. */
  together: Type.Optional(closed({
    /** Keys of questions that mean the same in each service: asked once. */
    questions: Type.Array(Key, { maxItems: 60 }),
    /** Papers that mean the same in each service: given once. */
    materials: Type.Array(Slug, { maxItems: 60 }),
    /** Services that begin by themselves when others have ended well. */
    after: Type.Record(Slug, Type.Array(Slug, { minItems: 1 })),
  })),
});
export type LifeEvent = Static<typeof LifeEvent>;

/** A register record that the demo and the tests begin with. */
export const Fixture = closed({
  register: Slug,
  data: Type.Record(Type.String(), Type.Unknown()),
  validFrom: Day,
});
export type Fixture = Static<typeof Fixture>;

/** A worked example, run by `pack check`: a pre-check and a decision with the answer they must give. */
export const Example = closed({
  name: Text,
  decision: Type.String(),
  input: Type.Record(Type.String(), Type.Unknown()),
  output: Type.Unknown(),
});
export type Example = Static<typeof Example>;

const header = {
  /** Version of this format. */
  format: Type.Literal(1),
  code: Slug,
  version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
  name: Text,
  /** The line of business. */
  line: Text,
  summary: Text,
  /** Departments the pack's work is given to; a city's directory must know them. */
  departments: Type.Array(closed({ code: DepartmentCode, name: Text }), { minItems: 1 }),
  registers: Type.Array(Register),
  /** Codes of registers that other packs or the city keep. */
  usesRegisters: Type.Array(Slug),
  /** None in a pack of data alone. */
  services: Type.Array(Service),
  licences: Type.Array(LicenceType),
  /** Codes of licence types that other packs issue. */
  usesLicences: Type.Array(Slug),
  /** Codes of services of other packs that its life events join. */
  usesServices: Type.Optional(Type.Array(Slug)),
  lifeEvents: Type.Array(LifeEvent),
  fixtures: Type.Array(Fixture),
  /** What this line takes in from other sites. */
  intakes: Type.Optional(Type.Array(Intake)),
  /** Figures of this line of business. */
  indicators: Type.Optional(Type.Array(Indicator)),
  examples: Type.Array(Example),
};

/** English name of each element by id; the Chinese one is in the model. */
const ElementNames = Type.Record(Type.String(), Type.String({ minLength: 1 }));

/** A pack as its author writes it: files by path. */
export const PackSource = closed({
  ...header,
  processes: Type.Array(closed({ code: Slug, name: Text, file: FilePath, names: ElementNames })),
  decisions: Type.Array(closed({ code: Slug, name: Text, file: FilePath })),
});
export type PackSource = Static<typeof PackSource>;

/** A pack as it is frozen: files by content. Its canonical JSON is what the hash is of. */
export const PackData = closed({
  ...header,
  processes: Type.Array(closed({ code: Slug, name: Text, file: FilePath, names: ElementNames, xml: Type.String() })),
  decisions: Type.Array(closed({ code: Slug, name: Text, file: FilePath, xml: Type.String() })),
});
export type PackData = Static<typeof PackData>;
export type Process = PackData['processes'][number];
