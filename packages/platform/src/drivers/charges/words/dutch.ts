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
    not_sent: {
      text: 'Het verzoek is niet verstuurd. Er is niets gestart en het kost niets.',
      whatToDo: 'Probeer het opnieuw.',
    },
    session_invalid: {
      text: 'De exploitant heeft deze laadsessie ongeldig verklaard. Ze kost niets.',
      whatToDo: 'Steek de kabel er weer in en start opnieuw.',
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
