import type { ChargeWords } from './charge-words.js'

/** What a driver is told of charges in German. */
export const german: ChargeWords = {
  states: {
    asked: 'Der Betreiber wird gefragt',
    accepted: 'Angenommen; die Station wird geweckt',
    waiting_for_cable: 'Stecken Sie das Kabel ein',
    charging: 'Lädt',
    paused: 'Das Auto nimmt gerade keinen Strom',
    stopping: 'Wird beendet',
    ended: 'Das Laden ist beendet; der Beleg kommt noch',
    receipt: 'Fertig',
    refused: 'Abgelehnt',
    failed: 'Das hat nicht geklappt',
    timed_out: 'Keine Antwort in der Zeit',
  },
  reasons: {
    not_sent: {
      text: 'Die Anfrage ist nicht hinausgegangen. Es wurde nichts gestartet, und es kostet nichts.',
      whatToDo: 'Versuchen Sie es noch einmal.',
    },
    session_invalid: {
      text: 'Der Betreiber hat diesen Ladevorgang für ungültig erklärt. Er kostet nichts.',
      whatToDo: 'Stecken Sie das Kabel wieder ein und starten Sie noch einmal.',
    },
    stop_no_result: {
      text: 'Die Station hat das Ende nicht bestätigt.',
      whatToDo:
        'Sehen Sie an der Station nach. Lädt sie noch, versuchen Sie es noch einmal, oder entriegeln Sie das Auto und ziehen Sie das Kabel.',
    },
    stop_not_sent: {
      text: 'Die Bitte aufzuhören hat den Betreiber nicht erreicht.',
      whatToDo: 'Versuchen Sie es noch einmal, oder entriegeln Sie das Auto und ziehen Sie das Kabel.',
    },
    stop_accepted: {
      text: 'Die Station hört auf.',
      whatToDo: 'Sie können das Kabel ziehen.',
    },
  },
  preferences: {
    ACCEPTED: 'Der Betreiber richtet sich nach Ihrem Wunsch.',
    DEPARTURE_REQUIRED: 'Der Betreiber muss wissen, wann Sie losfahren.',
    ENERGY_NEED_REQUIRED: 'Der Betreiber muss wissen, wie viel Energie Sie brauchen.',
    NOT_POSSIBLE: 'Das kann der Betreiber mit dem, was er weiß, nicht: Es wird geladen wie bisher.',
    PROFILE_TYPE_NOT_SUPPORTED: 'Diese Art zu laden kennt der Anschluss nicht: Es wird geladen wie bisher.',
  },
}
