import { rosterColumns } from '@anw/api-contracts';

const example: Readonly<Record<(typeof rosterColumns)[number], string>> = { organisatie: 'Wijkzorg Nacht', personeelsnummer: 'e-10442', naam: 'Noor de Wit', functie: 'Verpleegkundige', begin: '22-11-2026 22:00', einde: '23-11-2026 07:00', wijk: 'Zutphen-Noord', postcode: '7201' };

/** How the file has to look, with one line as an example. */
export function RosterExample() {
  return (
    <details className="roster-example">
      <summary>Zo ziet het bestand eruit</summary>
      <p>De eerste regel heeft de kolomnamen, in welke volgorde u wilt, met puntkomma’s of komma’s ertussen. De kolommen wijk en postcode mogen ontbreken.</p>
      <pre tabIndex={0} aria-label="Voorbeeld van een roosterbestand">
        {`${rosterColumns.join(';')}\n${rosterColumns.map((column) => example[column]).join(';')}`}
      </pre>
    </details>
  );
}
