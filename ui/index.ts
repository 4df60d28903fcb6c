export { tokens, antTheme, contrast, contrastPairs, cssVariables } from './tokens.ts';
export { stylesheet } from './stylesheet.ts';
export { words, say, fill, type Word } from './words.ts';
export { CityMark, Wordmark, River, WORDMARK_TEXT } from './brand.tsx';
export { Button, ButtonLink, Actions, PostButton, type ButtonProps } from './actions.tsx';
export { Field, FieldGroup, FieldNotes, ErrorSummary, describedBy, type FieldFrame } from './field.tsx';
export {
  TextInput,
  TextArea,
  PhoneInput,
  CitizenNumberInput,
  MoneyInput,
  Select,
  Radios,
  Checkboxes,
  Checkbox,
  Pick,
  DateInput,
  AddressInput,
  FileInput,
  Hidden,
  type Choice,
  type InputProps,
  type AddressValue,
} from './inputs.tsx';
export {
  Notice,
  Tag,
  Steps,
  SummaryList,
  TaskList,
  Timeline,
  Table,
  Pagination,
  Empty,
  Breadcrumbs,
  Facts,
  QrCode,
  type Tone,
  type SummaryRow,
  type TaskRow,
  type TimelineRow,
  type Column,
} from './content.tsx';
export { LicenceCard, type LicenceFace } from './licence-card.tsx';
export { PageFrame, SearchBox, type FrameProps, type FrameLink, type FrameSite } from './frame.tsx';
export { decodeForm, encodeForm, decodeMoney, encodeMoney, entryIndexes } from './form/decode.ts';
export { renderForm, renderIssues, asksOneThing, displayOf, fieldId, issueName, type FormContext } from './form/render.tsx';
export type { FormValues } from './form/shape.ts';
