import { type MeasuredField, measuredFields, type WriteInput } from '@anw/api-contracts';

export type WriteKind = WriteInput['kind'];

interface Labelled {
  /** Path in the input: `dose.amount`. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  /** Only asked while another field says this. */
  readonly when?: { readonly field: string; readonly is: string };
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One thing that the form of a kind asks. */
export type EntryField = Labelled &
  (
    | { readonly type: 'number'; readonly unit?: string; readonly decimal?: boolean }
    | { readonly type: 'choice'; readonly choices: readonly Choice[] }
    | { readonly type: 'flag' }
    | { readonly type: 'text'; readonly rows: number }
    | { readonly type: 'line' }
    | { readonly type: 'moment' }
    | { readonly type: 'day' }
    /** A value of several members that is chosen as one, as JSON: the product, the route. */
    | { readonly type: 'product' }
    | { readonly type: 'route' }
  );

export const entryChapters = ['Rapporteren', 'Meten', 'Medicatie', 'Uitslag'] as const;

/** How a nurse writes one kind of entry. */
export interface EntryKind {
  readonly kind: WriteKind;
  readonly chapter: (typeof entryChapters)[number];
  readonly title: string;
  readonly fields: readonly EntryField[];
  /** Members of the input that nobody is asked about. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** The input says by which agreement of the dossier the product is given. */
  readonly namesAgreement?: true;
}

const measuredAt: EntryField = { type: 'moment', name: 'measuredAt', label: 'Gemeten op', required: true };
const note: EntryField = { type: 'text', name: 'note', label: 'Opmerking', rows: 2 };
const extraOxygen: EntryField = { type: 'flag', name: 'extraOxygen', label: 'Kreeg de cliënt extra zuurstof?' };

/** The number itself, in the unit in which it is judged. */
function measured<K extends keyof typeof measuredFields>(kind: K, name: keyof (typeof measuredFields)[K] & string, label: string, more: { readonly decimal?: boolean } = {}): EntryField {
  const { unit } = (measuredFields[kind] as Readonly<Record<string, MeasuredField>>)[name]!;
  return { type: 'number', name, label, required: true, ...(unit !== '' && { unit }), ...more };
}

const standing = { value: 'standing', label: 'Staand' };
const lying = { value: 'lying', label: 'Liggend' };
const regular = { value: 'regular', label: 'Regelmatig' };
const irregular = { value: 'irregular', label: 'Onregelmatig' };

const doseUnit: EntryField = {
  type: 'choice',
  name: 'dose.unit',
  label: 'Eenheid van de dosis',
  choices: ['stuk', 'dosis', 'eenheid', 'IE', 'druppel', 'ml', 'g', 'mg', 'microgram'].map((value) => ({ value, label: value })),
};
const doseAmount: EntryField = { type: 'number', name: 'dose.amount', label: 'Dosis', decimal: true };
const otherProduct = { field: 'product', is: 'other' } as const;
const product: readonly EntryField[] = [
  { type: 'product', name: 'product', label: 'Middel', required: true },
  { type: 'line', name: 'product.name', label: 'Naam van het middel', required: true, when: otherProduct },
  {
    type: 'choice',
    name: 'product.list',
    label: 'Soort nummer',
    hint: 'Het ZI-nummer staat op de verpakking.',
    required: true,
    when: otherProduct,
    choices: [
      { value: 'ZI', label: 'ZI-nummer (verpakking)' },
      { value: 'HPK', label: 'HPK' },
      { value: 'PRK', label: 'PRK' },
      { value: 'GPK', label: 'GPK' },
      { value: 'ATC', label: 'ATC' },
    ],
  },
  { type: 'line', name: 'product.code', label: 'Nummer of code', required: true, when: otherProduct },
];

/** The fourteen kinds of entries, in the order in which a nurse looks for them. What may stand in them is the server's word. */
export const entryKinds: readonly EntryKind[] = [
  {
    kind: 'nursing-report',
    chapter: 'Rapporteren',
    title: 'Rapportage',
    fields: [
      { type: 'text', name: 'text', label: 'Wat is er gebeurd, gezien en gedaan?', rows: 8, required: true },
      { type: 'moment', name: 'writtenAt', label: 'Over het moment', required: true },
    ],
  },
  {
    kind: 'soap-report',
    chapter: 'Rapporteren',
    title: 'SOEP-verslag',
    fields: [
      { type: 'text', name: 'subjective', label: 'S: wat zegt de cliënt?', rows: 3 },
      { type: 'text', name: 'objective', label: 'O: wat ziet en meet u?', rows: 3 },
      { type: 'text', name: 'evaluation', label: 'E: wat denkt u dat er is?', rows: 3 },
      { type: 'text', name: 'plan', label: 'P: wat is afgesproken?', rows: 3 },
      { type: 'line', name: 'title', label: 'Titel' },
      { type: 'line', name: 'subjectiveIcpc', label: 'ICPC-code bij S' },
      { type: 'line', name: 'evaluationIcpc', label: 'ICPC-code bij E' },
      { type: 'moment', name: 'writtenAt', label: 'Over het moment', required: true },
    ],
  },
  {
    kind: 'blood-pressure',
    chapter: 'Meten',
    title: 'Bloeddruk',
    fields: [
      measured('blood-pressure', 'systolic', 'Bovendruk'),
      measured('blood-pressure', 'diastolic', 'Onderdruk'),
      { type: 'choice', name: 'position', label: 'Houding', choices: [{ value: 'sitting', label: 'Zittend' }, lying, standing] },
      measuredAt,
      note,
    ],
  },
  { kind: 'body-temperature', chapter: 'Meten', title: 'Temperatuur', fields: [
    measured('body-temperature', 'temperature', 'Temperatuur', { decimal: true }),
    {
      type: 'choice',
      name: 'site',
      label: 'Waar gemeten',
      choices: [
        { value: 'tympanic', label: 'In het oor' },
        { value: 'rectal', label: 'Rectaal' },
        { value: 'oral', label: 'In de mond' },
        { value: 'axillary', label: 'Onder de oksel' },
        { value: 'temporal', label: 'Aan de slaap' },
        { value: 'inguinal', label: 'In de lies' },
        { value: 'vaginal', label: 'Vaginaal' },
        { value: 'bladder', label: 'In de blaas' },
        { value: 'core', label: 'Kern' },
      ],
    },
    measuredAt,
    note,
  ] },
  {
    kind: 'pulse-rate',
    chapter: 'Meten',
    title: 'Pols',
    fields: [measured('pulse-rate', 'rate', 'Pols'), { type: 'choice', name: 'regularity', label: 'Regelmaat', choices: [regular, irregular] }, measuredAt, note],
  },
  {
    kind: 'oxygen-saturation',
    chapter: 'Meten',
    title: 'Saturatie',
    fields: [measured('oxygen-saturation', 'saturation', 'Saturatie'), extraOxygen, measuredAt, note],
  },
  { kind: 'respiration', chapter: 'Meten', title: 'Ademhaling', fields: [measured('respiration', 'rate', 'Ademhaling'), extraOxygen, measuredAt, note] },
  {
    kind: 'heart-rate',
    chapter: 'Meten',
    title: 'Hartfrequentie',
    fields: [
      measured('heart-rate', 'rate', 'Hartfrequentie'),
      { type: 'choice', name: 'regularity', label: 'Regelmaat', choices: [regular, irregular, { value: 'irregularly-irregular', label: 'Volledig onregelmatig' }] },
      { type: 'choice', name: 'interpretation', label: 'Uw oordeel', choices: [{ value: 'normal', label: 'Normaal' }, { value: 'bradycardia', label: 'Te traag' }, { value: 'tachycardia', label: 'Te snel' }] },
      measuredAt,
      note,
    ],
  },
  {
    kind: 'body-weight',
    chapter: 'Meten',
    title: 'Gewicht',
    fixed: { unit: 'kg' },
    fields: [
      measured('body-weight', 'weight', 'Gewicht', { decimal: true }),
      { type: 'choice', name: 'clothing', label: 'Kleding', choices: [{ value: 'full', label: 'Volledig gekleed' }, { value: 'minimal', label: 'Minimaal gekleed' }, { value: 'undressed', label: 'Ongekleed' }, { value: 'diaper', label: 'Luier' }] },
      measuredAt,
      note,
    ],
  },
  {
    kind: 'body-height',
    chapter: 'Meten',
    title: 'Lengte',
    fixed: { unit: 'cm' },
    fields: [measured('body-height', 'height', 'Lengte', { decimal: true }), { type: 'choice', name: 'position', label: 'Houding', choices: [standing, lying] }, measuredAt, note],
  },
  {
    kind: 'visual-acuity',
    chapter: 'Meten',
    title: 'Visus',
    fields: [
      measured('visual-acuity', 'acuity', 'Visus', { decimal: true }),
      { type: 'choice', name: 'eye', label: 'Welk oog', required: true, choices: [{ value: 'left', label: 'Links' }, { value: 'right', label: 'Rechts' }, { value: 'both', label: 'Beide' }] },
      { type: 'choice', name: 'correction', label: 'Correctie', choices: [{ value: 'corrected', label: 'Met bril of lenzen' }, { value: 'uncorrected', label: 'Zonder' }, { value: 'best-corrected', label: 'Best gecorrigeerd' }] },
      { type: 'choice', name: 'chart', label: 'Kaart', choices: [{ value: 'snellen', label: 'Snellen' }, { value: 'log-e', label: 'LogMAR E' }, { value: 'lea', label: 'LEA' }] },
      { type: 'number', name: 'distance', label: 'Afstand tot de kaart', unit: 'meter', decimal: true },
      measuredAt,
      note,
    ],
  },
  {
    kind: 'medication-administration',
    chapter: 'Medicatie',
    title: 'Toediening',
    namesAgreement: true,
    fields: [
      ...product,
      { type: 'flag', name: 'given', label: 'Is het middel toegediend?', required: true },
      { ...doseAmount, required: true, when: { field: 'given', is: 'yes' } },
      { ...doseUnit, required: true, when: { field: 'given', is: 'yes' } },
      { type: 'route', name: 'route', label: 'Hoe toegediend', required: true, when: { field: 'given', is: 'yes' } },
      { type: 'text', name: 'reason', label: 'Reden', hint: 'Nodig als u niet toedient, of anders dan is afgesproken.', rows: 2 },
      { type: 'moment', name: 'administeredAt', label: 'Tijdstip', required: true },
      note,
    ],
  },
  {
    kind: 'medication-use',
    chapter: 'Medicatie',
    title: 'Gebruik van medicatie',
    fields: [
      ...product,
      {
        type: 'choice',
        name: 'use',
        label: 'Wat doet de cliënt?',
        required: true,
        choices: [{ value: 'active', label: 'Gebruikt het' }, { value: 'not-taken', label: 'Gebruikt het niet' }, { value: 'suspended', label: 'Tijdelijk onderbroken' }, { value: 'stopped', label: 'Gestopt' }],
      },
      { type: 'choice', name: 'source', label: 'Van wie weet u dit?', required: true, choices: [{ value: 'patient', label: 'Van de cliënt' }, { value: 'practitioner', label: 'Zelf gezien' }] },
      doseAmount,
      doseUnit,
      { type: 'day', name: 'usedFrom', label: 'Gebruikt vanaf' },
      { type: 'day', name: 'usedUntil', label: 'Gebruikt tot en met' },
      { type: 'moment', name: 'assertedAt', label: 'Vastgesteld op', required: true },
      note,
    ],
  },
  {
    kind: 'text-result',
    chapter: 'Uitslag',
    title: 'Tekstuitslag',
    fields: [
      {
        type: 'choice',
        name: 'type',
        label: 'Soort onderzoek',
        required: true,
        choices: [
          { value: 'procedure', label: 'Verrichting' },
          { value: 'microbiology', label: 'Microbiologie' },
          { value: 'ultrasound', label: 'Echo' },
          { value: 'echocardiography', label: 'Echo van het hart' },
          { value: 'radiography', label: 'Röntgen' },
          { value: 'computed-tomography', label: 'CT-scan' },
          { value: 'magnetic-resonance', label: 'MRI-scan' },
          { value: 'angiography', label: 'Angiografie' },
          { value: 'nuclear-medicine', label: 'Nucleair onderzoek' },
          { value: 'pet-ct', label: 'PET-CT' },
          { value: 'pathology', label: 'Pathologie' },
          { value: 'imaging', label: 'Ander beeldonderzoek' },
        ],
      },
      { type: 'text', name: 'conclusion', label: 'Conclusie', rows: 5, required: true },
      { type: 'choice', name: 'status', label: 'Status', required: true, choices: [{ value: 'preliminary', label: 'Voorlopig' }, { value: 'final', label: 'Definitief' }] },
      { type: 'moment', name: 'examinedAt', label: 'Onderzocht op', required: true },
    ],
  },
];

export function entryKindOf(kind: string | undefined): EntryKind | undefined {
  return entryKinds.find((each) => each.kind === kind);
}
