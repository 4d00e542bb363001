import type { ChargeWords } from './charge-words.js'

/** What a driver is told of charges in French. */
export const french: ChargeWords = {
  states: {
    asked: 'Demande envoyée à l’opérateur',
    accepted: 'Acceptée ; la borne se prépare',
    waiting_for_cable: 'Branchez le câble',
    charging: 'Recharge en cours',
    paused: 'La voiture ne prend pas d’énergie pour le moment',
    stopping: 'Arrêt en cours',
    ended: 'La recharge est terminée ; le reçu arrive',
    receipt: 'Terminé',
    refused: 'Refusée',
    failed: 'Cela n’a pas fonctionné',
    timed_out: 'Pas de réponse à temps',
  },
  reasons: {
    place_unknown: {
      text: 'Cette prise n’est plus connue.',
      whatToDo: 'Revenez à la station et choisissez une prise qui y figure.',
    },
    not_connected: {
      text: 'Il n’y a pas de liaison avec l’opérateur de cette station en ce moment.',
      whatToDo:
        'Réessayez dans quelques minutes, utilisez votre carte de recharge ou choisissez une station d’un autre opérateur.',
    },
    operator_away: {
      text: 'L’opérateur de cette station est injoignable en ce moment.',
      whatToDo:
        'Réessayez dans quelques minutes, utilisez votre carte de recharge ou choisissez une station d’un autre opérateur.',
    },
    not_possible: {
      text: 'Cette prise ne peut pas être démarrée par l’application.',
      whatToDo: 'Présentez votre carte de recharge au lecteur de la borne ou choisissez une autre prise.',
    },
    not_sent: {
      text: 'La demande n’est pas partie de chez nous. Rien n’a démarré et rien n’est facturé.',
      whatToDo: 'Réessayez.',
    },
    no_answer: {
      text: 'L’opérateur n’a pas répondu. Très probablement, rien n’a démarré.',
      whatToDo: 'Regardez la borne. Si elle ne recharge pas, réessayez ou choisissez une autre prise.',
    },
    no_result: {
      text: 'L’opérateur a pris la demande, mais la borne n’a rien dit à temps.',
      whatToDo:
        'Regardez la borne : elle peut encore démarrer, et la recharge apparaîtra ici. Sinon, réessayez ou choisissez une autre prise.',
    },
    no_session: {
      text: 'La borne a accepté, mais n’a annoncé aucune recharge.',
      whatToDo:
        'Si votre voiture recharge, le reçu viendra plus tard. Sinon, branchez le câble et recommencez.',
    },
    rejected: {
      text: 'L’opérateur a refusé la demande.',
      whatToDo: 'Essayez une autre prise ou appelez l’opérateur.',
    },
    not_supported: {
      text: 'Cette station ne peut pas être démarrée par l’application.',
      whatToDo: 'Présentez votre carte de recharge au lecteur ou choisissez une autre station.',
    },
    evse_occupied: {
      text: 'La prise est occupée.',
      whatToDo: 'Si c’est votre câble, débranchez-le et rebranchez-le. Sinon, choisissez une autre prise.',
    },
    evse_inoperative: {
      text: 'La prise est hors service.',
      whatToDo: 'Choisissez une autre prise.',
    },
    station_failed: {
      text: 'La borne n’a pas pu démarrer.',
      whatToDo:
        'Débranchez le câble, rebranchez-le et réessayez. Si cela ne suffit pas, choisissez une autre prise.',
    },
    station_timeout: {
      text: 'La borne n’a pas répondu à son opérateur.',
      whatToDo: 'Attendez une minute et réessayez, ou choisissez une autre prise.',
    },
    reservation_canceled: {
      text: 'La prise est réservée à quelqu’un d’autre.',
      whatToDo: 'Choisissez une autre prise.',
    },
    session_invalid: {
      text: 'L’opérateur a déclaré cette recharge nulle. Elle ne coûte rien.',
      whatToDo: 'Rebranchez le câble et recommencez.',
    },
    late_session: {
      text: 'La borne a répondu tard, mais elle a démarré.',
      whatToDo: 'Il n’y a rien à faire.',
    },
    stop_refused: {
      text: 'La borne refuse de s’arrêter.',
      whatToDo: 'Déverrouillez la voiture et débranchez le câble, ou appuyez sur arrêt sur la borne.',
    },
    stop_no_result: {
      text: 'La borne n’a pas confirmé l’arrêt.',
      whatToDo:
        'Regardez la borne. Si elle recharge encore, réessayez, ou déverrouillez la voiture et débranchez le câble.',
    },
    stop_not_sent: {
      text: 'La demande d’arrêt n’a pas atteint l’opérateur.',
      whatToDo: 'Réessayez, ou déverrouillez la voiture et débranchez le câble.',
    },
    stop_accepted: {
      text: 'La borne s’arrête.',
      whatToDo: 'Vous pouvez débrancher le câble.',
    },
  },
  preferences: {
    ACCEPTED: 'L’opérateur suit votre souhait.',
    DEPARTURE_REQUIRED: 'L’opérateur doit savoir quand vous partez.',
    ENERGY_NEED_REQUIRED: 'L’opérateur doit savoir de combien d’énergie vous avez besoin.',
    NOT_POSSIBLE: 'Avec ce qu’il sait, l’opérateur ne le peut pas : la recharge continue comme avant.',
    PROFILE_TYPE_NOT_SUPPORTED: 'Cette prise ne connaît pas ce mode : la recharge continue comme avant.',
  },
}
