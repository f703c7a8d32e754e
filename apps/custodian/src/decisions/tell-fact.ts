import type { VerdictView } from '@anw/api-contracts';
import type { Fact } from '@anw/authorization';
import { Did, printDutchInstant } from '@anw/values';

/** What an organisation is called; the DID itself when nobody knows. */
export type NameOf = (did: Did) => string | undefined;

const sources: Readonly<Record<Fact['source'], string>> = {
  connection: 'de verbinding waarover het verzoek kwam',
  presentation: 'het ondertekende verzoek zelf',
  'employee-credential': 'de verklaring over de medewerker, van haar eigen organisatie',
  'authorization-credential': 'de autorisatie die de regisseur heeft uitgegeven',
  'did-document': 'de openbare gegevens (DID-document) van de opvragende organisatie',
  'status-list': 'de statuslijst van de regisseur',
  revocations: 'de intrekkingen die de regisseur u heeft gemeld',
  allowlist: 'uw eigen whitelist',
  delegation: 'de delegatie die u aan de regisseur gaf',
  enrolment: 'uw eigen aanmeldingen voor de ANW-zorg',
  clock: 'de klok van uw dienst',
  none: 'geen gegeven: een eerdere toets faalde',
};

/** Where a fact came from, in Dutch. */
export function tellSource(source: string): string {
  return Object.hasOwn(sources, source) ? sources[source as Fact['source']] : source;
}

const levels: Readonly<Record<string, string>> = { low: 'laag', substantial: 'substantieel', high: 'hoog' };
const levelOf = (level: string): string => levels[level] ?? level;
const flaws: Readonly<Record<string, string>> = {
  malformed: 'onleesbaar',
  'chain-broken': 'niet te herleiden tot een uitgever',
  weak: 'te zwak versleuteld',
  'not-trusted': 'van een uitgever die u niet vertrouwt',
  'policy-mismatch': 'niet bedoeld voor dit gebruik',
  'outside-validity': 'verlopen of nog niet geldig',
  revoked: 'ingetrokken',
  'revocation-unknown': 'mogelijk ingetrokken: dat was niet na te gaan',
};

type Phrase = readonly [form: RegExp, tell: (...found: string[]) => string];

/** How the checks put what they saw (`libs/authorization/src/checks`), and how the privacy officer reads it. */
const phrases: readonly Phrase[] = [
  [/^x5t#S256 (\S+) of (.+)$/, (thumbprint, hosts) => `een geldig certificaat van ${hosts} (kenmerk ${thumbprint})`],
  [/^x5t#S256 (\S+): (.+)$/, (thumbprint, flaw) => `een certificaat dat niet telt: ${flaws[flaw] ?? flaw} (kenmerk ${thumbprint})`],
  [/^minimum evidence is client-certificate$/, () => 'geen certificaat, terwijl u dat van deze organisatie vraagt'],
  [/^keys served by the host of (.+)$/, (actor) => `geen certificaat; de sleutels staan op de eigen server van ${actor}, en dat is voor u genoeg`],
  [/^signed with a key served by the host of (.+)$/, (actor) => `ondertekend met een sleutel die op de eigen server van ${actor} staat`],
  [/^(\S+) serves the DID document$/, (host) => `het systeem ${host} beheert de openbare gegevens van de organisatie zelf`],
  [/^DID document could not be resolved$/, () => 'de openbare gegevens van de organisatie waren niet op te halen'],
  [/^certificate of (.+), document served by (.+)$/, (hosts, home) => `een certificaat van ${hosts}, terwijl de openbare gegevens van de organisatie op ${home === 'no host' ? 'geen server' : home} staan en dat systeem niet noemen`],
  [/^anw-requesting-system (.+)$/, (system) => `de organisatie noemt ${system} zelf als haar systeem`],
  [/^no employee credential$/, () => 'geen aangemelde medewerker'],
  [/^identifier, name or login is not as it must be$/, () => 'een medewerker zonder personeelsnummer, naam of tijdstip van inloggen'],
  [/^for more than a day$/, () => 'een verklaring over de medewerker die langer dan een dag geldt'],
  [/^logged in (\S+), credential from (\S+) until (\S+)$/, (login, from, until) => `ingelogd op ${login}; de verklaring geldt van ${from} tot ${until}`],
  [/^(\S+) at level (\S+), (\S+)$/, (identifier, level, form) => `medewerker ${identifier}, ingelogd met zekerheid “${levelOf(level)}”, ${form === 'signed' ? 'door haar werkgever ondertekend' : 'door haar organisatie gemeld'}`],
  [/^(low|substantial|high), minimum is (low|substantial|high)$/, (level, minimum) => `ingelogd met zekerheid “${levelOf(level)}”; u vraagt ten minste “${levelOf(minimum)}”`],
  [/^signed with (\S+)$/, (key) => `ondertekend met sleutel ${key}`],
  [/^issued by (\S+)$/, (issuer) => `een medewerkersverklaring van ${issuer}`],
  [/^about (\S+)$/, (subject) => `een medewerkersverklaring over ${subject}`],
  [/^no authorization credential$/, () => 'geen autorisatie meegestuurd'],
  [/^authorization credential cannot be read$/, () => 'een autorisatie die niet te lezen is'],
  [/^other purpose of use$/, () => 'een autorisatie voor een ander doel dan ANW-zorg'],
  [/^(\S+) for any identified employee$/, (id) => `autorisatie ${id}, voor iedere aangemelde medewerker van de organisatie`],
  [/^(\S+#\S+) for (\S+)$/, (id, practitioner) => `autorisatie ${id}, voor medewerker ${practitioner}`],
  [/^from (\S+), now (\S+)$/, (from, now) => `de autorisatie gaat in op ${from}; het verzoek kwam op ${now}`],
  [/^until (\S+), now (\S+)$/, (until, now) => `de autorisatie gold tot ${until}; het verzoek kwam op ${now}`],
  [/^(\d+)(?:\.\d+)? s, maximum is (\d+) s$/, (seconds, maximum) => `een autorisatie van ${hours(seconds)}; ten hoogste ${hours(maximum)} is toegestaan`],
  [/^valid until (\S+), status as of (\S+)$/, (until, checked) => `geldig tot ${until}; op ${checked} was zij niet ingetrokken`],
  [/^no row for (\S+) and (\S+)$/, (regisseur, actor) => `geen regel waarmee ${regisseur} ${actor} mag autoriseren`],
  [/^none in force$/, () => 'geen geldige delegatie'],
  [/^(\S+) was issued to (\S+)$/, (delegation, regisseur) => `delegatie ${delegation}, die aan ${regisseur} is gegeven`],
  [/^(\S+) was revoked at (\S+)$/, (delegation, at) => `delegatie ${delegation}, ingetrokken op ${at}`],
  [/^(\S+) is valid until (\S+)$/, (delegation, until) => `delegatie ${delegation}, geldig tot ${until}`],
  [/^row (\S+), delegation (\S+)$/, (row, delegation) => `whitelistregel ${row} en delegatie ${delegation}`],
  [/^(urn:uuid:\S+) was minted for (\S+)$/, (handle, regisseur) => `cliëntkenmerk ${handle}, dat aan ${regisseur} is gegeven`],
  [/^(urn:uuid:\S+)$/, (handle) => `cliëntkenmerk ${handle}, dat u niet (meer) kent`],
  [/^enrolment (\S+)$/, (enrolment) => `aanmelding ${enrolment}`],
  [/^enrolment (\S+) is valid from (\S+) until (\S+)$/, (enrolment, from, until) => `aanmelding ${enrolment}, die geldt van ${from} tot ${until}`],
  [/^its input is missing$/, () => 'niets: een eerdere toets faalde'],
];

/** What an identifier alone stands for, by where it came from. */
const alone: Readonly<Partial<Record<string, (value: string) => string>>> = {
  presentation: (key) => `ondertekend met sleutel ${key}`,
  'authorization-credential': (other) => `de autorisatie noemt ${other}`,
  'status-list': (authorization) => `autorisatie ${authorization}, die is ingetrokken`,
  revocations: (authorization) => `autorisatie ${authorization}, die is ingetrokken`,
  delegation: (delegation) => `delegatie ${delegation}, die u niet (meer) kent`,
};

/** What was seen, in Dutch, with names for organisations and the time on the wall; what has no phrase is shown as it was kept. */
export function tellFact(fact: VerdictView['fact'], nameOf: NameOf): string {
  return withNames(withTimes(phraseOf(fact)), nameOf);
}

function phraseOf({ source, value }: VerdictView['fact']): string {
  for (const [form, tell] of phrases) {
    const found = form.exec(value);
    if (found !== null) return tell(...found.slice(1));
  }
  return /^\S+$/.test(value) ? (alone[source]?.(value) ?? value) : value;
}

function hours(seconds: string): string {
  const number = Number(seconds) / 3_600;
  return `${number.toLocaleString('nl-NL', { maximumFractionDigits: 1 })} uur`;
}

function withTimes(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (instant) => printDutchInstant(new Date(instant)));
}

/** A DID that stands alone is an organisation; with a `#` behind it, something of one, which keeps its name as it is. */
function withNames(text: string, nameOf: NameOf): string {
  return text.replaceAll(/did:web:[^\s#,;()]+(?!\S*#)/g, (did) => {
    const parsed = Did.safeParse(did);
    const name = parsed.success ? nameOf(parsed.data) : undefined;
    return name ?? did;
  });
}
