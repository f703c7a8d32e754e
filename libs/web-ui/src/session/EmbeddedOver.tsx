/** In a frame there is no login of our own: who was logged in, or is not any more, begins in the software around it. */
export function EmbeddedOver() {
  return (
    <main className="anw-login" id="inhoud">
      <div className="anw-login-card">
        <h1 className="nl-heading nl-heading--level-2">U bent hier niet (meer) ingelogd</h1>
        <p className="nl-paragraph">Open deze pagina opnieuw vanuit uw ECD. Wat u had opgeslagen, staat er dan nog.</p>
      </div>
    </main>
  );
}
