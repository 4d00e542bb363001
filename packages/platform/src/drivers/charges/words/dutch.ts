import type { ChargeWords } from './charge-words.js'

/** What a driver is told of charges in Dutch. */
export const dutch: ChargeWords = {
  states: {
    asked: 'De exploitant wordt gevraagd',
    accepted: 'Aanvaard; de laadpaal wordt gewekt',
    waiting_for_cable: 'Steek de kabel in',
    charging: 'Laadt',
    paused: 'De auto neemt nu geen stroom',
    stopping: 'Wordt gestopt',
    ended: 'Het laden is klaar; de bon komt nog',
    receipt: 'Klaar',
    refused: 'Geweigerd',
    failed: 'Het is niet gelukt',
    timed_out: 'Geen antwoord op tijd',
  },
  reasons: {
    place_unknown: {
      text: 'Deze aansluiting is niet meer bekend.',
      whatToDo: 'Ga terug naar het station en kies een aansluiting die daar staat.',
    },
    not_connected: {
      text: 'Er is nu geen verbinding met de exploitant van dit station.',
      whatToDo:
        'Probeer het over een paar minuten weer, gebruik uw laadpas of kies een station van een andere exploitant.',
    },
    operator_away: {
      text: 'De exploitant van dit station is nu niet bereikbaar.',
      whatToDo:
        'Probeer het over een paar minuten weer, gebruik uw laadpas of kies een station van een andere exploitant.',
    },
    not_possible: {
      text: 'Deze aansluiting kan niet met de app worden gestart.',
      whatToDo: 'Houd uw laadpas voor de lezer van de laadpaal of kies een andere aansluiting.',
    },
    not_sent: {
      text: 'Het verzoek is niet verstuurd. Er is niets gestart en het kost niets.',
      whatToDo: 'Probeer het opnieuw.',
    },
    no_answer: {
      text: 'De exploitant heeft niet geantwoord. Zeer waarschijnlijk is er niets gestart.',
      whatToDo:
        'Kijk bij de laadpaal. Laadt hij niet, probeer het dan opnieuw of kies een andere aansluiting.',
    },
    no_result: {
      text: 'De exploitant heeft het verzoek aangenomen, maar de laadpaal heeft niets laten weten.',
      whatToDo:
        'Kijk bij de laadpaal: misschien start hij toch, dan verschijnt het hier. Probeer het anders opnieuw of kies een andere aansluiting.',
    },
    no_session: {
      text: 'De laadpaal heeft aanvaard, maar geen laadsessie gemeld.',
      whatToDo: 'Laadt uw auto, dan komt de bon later. Steek anders de kabel in en start opnieuw.',
    },
    rejected: {
      text: 'De exploitant heeft het verzoek geweigerd.',
      whatToDo: 'Probeer een andere aansluiting of bel de exploitant.',
    },
    not_supported: {
      text: 'Dit station kan niet met de app worden gestart.',
      whatToDo: 'Houd uw laadpas voor de lezer of kies een ander station.',
    },
    evse_occupied: {
      text: 'De aansluiting is bezet.',
      whatToDo:
        'Zit uw eigen kabel erin, trek hem eruit en steek hem er weer in. Kies anders een andere aansluiting.',
    },
    evse_inoperative: {
      text: 'De aansluiting is buiten gebruik.',
      whatToDo: 'Kies een andere aansluiting.',
    },
    station_failed: {
      text: 'De laadpaal kon niet starten.',
      whatToDo:
        'Trek de kabel eruit, steek hem er weer in en probeer het nog eens. Helpt dat niet, kies dan een andere aansluiting.',
    },
    station_timeout: {
      text: 'De laadpaal heeft zijn exploitant niet geantwoord.',
      whatToDo: 'Wacht een minuut en probeer het opnieuw, of kies een andere aansluiting.',
    },
    reservation_canceled: {
      text: 'De aansluiting is voor iemand anders gereserveerd.',
      whatToDo: 'Kies een andere aansluiting.',
    },
    session_invalid: {
      text: 'De exploitant heeft deze laadsessie ongeldig verklaard. Ze kost niets.',
      whatToDo: 'Steek de kabel er weer in en start opnieuw.',
    },
    late_session: {
      text: 'De laadpaal antwoordde laat, maar hij is gestart.',
      whatToDo: 'U hoeft niets te doen.',
    },
    stop_refused: {
      text: 'De laadpaal weigert te stoppen.',
      whatToDo: 'Ontgrendel de auto en trek de kabel eruit, of druk op stop bij de laadpaal.',
    },
    stop_no_result: {
      text: 'De laadpaal heeft het stoppen niet bevestigd.',
      whatToDo:
        'Kijk bij de laadpaal. Laadt hij nog, probeer het opnieuw, of ontgrendel de auto en trek de kabel eruit.',
    },
    stop_not_sent: {
      text: 'Het verzoek om te stoppen heeft de exploitant niet bereikt.',
      whatToDo: 'Probeer het opnieuw, of ontgrendel de auto en trek de kabel eruit.',
    },
    stop_accepted: {
      text: 'De laadpaal stopt.',
      whatToDo: 'U kunt de kabel eruit trekken.',
    },
  },
  preferences: {
    ACCEPTED: 'De exploitant volgt uw wens.',
    DEPARTURE_REQUIRED: 'De exploitant moet weten wanneer u vertrekt.',
    ENERGY_NEED_REQUIRED: 'De exploitant moet weten hoeveel energie u nodig hebt.',
    NOT_POSSIBLE: 'Met wat hij weet kan de exploitant dat niet: het laden gaat verder zoals eerst.',
    PROFILE_TYPE_NOT_SUPPORTED:
      'Deze aansluiting kent die manier van laden niet: het laden gaat verder zoals eerst.',
  },
}
