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
    place_unknown: {
      text: 'Dieser Anschluss ist nicht mehr bekannt.',
      whatToDo: 'Gehen Sie zurück zur Station und wählen Sie einen Anschluss, der dort steht.',
    },
    not_connected: {
      text: 'Zum Betreiber dieser Station besteht gerade keine Verbindung.',
      whatToDo:
        'Versuchen Sie es in ein paar Minuten wieder, nehmen Sie Ihre Ladekarte oder wählen Sie eine Station eines anderen Betreibers.',
    },
    operator_away: {
      text: 'Der Betreiber dieser Station ist gerade nicht erreichbar.',
      whatToDo:
        'Versuchen Sie es in ein paar Minuten wieder, nehmen Sie Ihre Ladekarte oder wählen Sie eine Station eines anderen Betreibers.',
    },
    not_possible: {
      text: 'Dieser Anschluss lässt sich nicht per App starten.',
      whatToDo:
        'Halten Sie Ihre Ladekarte an das Lesegerät der Station oder wählen Sie einen anderen Anschluss.',
    },
    not_sent: {
      text: 'Die Anfrage ist nicht hinausgegangen. Es wurde nichts gestartet, und es kostet nichts.',
      whatToDo: 'Versuchen Sie es noch einmal.',
    },
    no_answer: {
      text: 'Der Betreiber hat nicht geantwortet. Sehr wahrscheinlich wurde nichts gestartet.',
      whatToDo:
        'Sehen Sie an der Station nach. Lädt sie nicht, versuchen Sie es noch einmal oder an einem anderen Anschluss.',
    },
    no_result: {
      text: 'Der Betreiber hat die Anfrage angenommen, aber die Station hat sich nicht gemeldet.',
      whatToDo:
        'Sehen Sie an der Station nach: Vielleicht startet sie noch, dann erscheint es hier. Sonst versuchen Sie es noch einmal oder an einem anderen Anschluss.',
    },
    no_session: {
      text: 'Die Station hat angenommen, aber kein Laden gemeldet.',
      whatToDo:
        'Lädt Ihr Auto, kommt der Beleg später. Sonst stecken Sie das Kabel ein und starten Sie noch einmal.',
    },
    rejected: {
      text: 'Der Betreiber hat die Anfrage abgelehnt.',
      whatToDo: 'Versuchen Sie einen anderen Anschluss oder rufen Sie den Betreiber an.',
    },
    not_supported: {
      text: 'Diese Station lässt sich nicht per App starten.',
      whatToDo: 'Halten Sie Ihre Ladekarte an das Lesegerät oder wählen Sie eine andere Station.',
    },
    evse_occupied: {
      text: 'Der Anschluss ist belegt.',
      whatToDo:
        'Steckt Ihr eigenes Kabel darin, ziehen Sie es heraus und stecken Sie es wieder ein. Sonst wählen Sie einen anderen Anschluss.',
    },
    evse_inoperative: {
      text: 'Der Anschluss ist außer Betrieb.',
      whatToDo: 'Wählen Sie einen anderen Anschluss.',
    },
    station_failed: {
      text: 'Die Station konnte nicht starten.',
      whatToDo:
        'Ziehen Sie das Kabel heraus, stecken Sie es wieder ein und versuchen Sie es noch einmal. Hilft das nicht, wählen Sie einen anderen Anschluss.',
    },
    station_timeout: {
      text: 'Die Station hat ihrem Betreiber nicht geantwortet.',
      whatToDo:
        'Warten Sie eine Minute und versuchen Sie es noch einmal oder wählen Sie einen anderen Anschluss.',
    },
    reservation_canceled: {
      text: 'Der Anschluss ist für jemand anderen reserviert.',
      whatToDo: 'Wählen Sie einen anderen Anschluss.',
    },
    session_invalid: {
      text: 'Der Betreiber hat diesen Ladevorgang für ungültig erklärt. Er kostet nichts.',
      whatToDo: 'Stecken Sie das Kabel wieder ein und starten Sie noch einmal.',
    },
    late_session: {
      text: 'Die Station hat spät geantwortet, aber sie hat gestartet.',
      whatToDo: 'Sie müssen nichts tun.',
    },
    stop_refused: {
      text: 'Die Station will nicht aufhören.',
      whatToDo: 'Entriegeln Sie das Auto und ziehen Sie das Kabel, oder drücken Sie Stopp an der Station.',
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
