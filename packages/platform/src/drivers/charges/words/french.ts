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
    not_sent: {
      text: 'La demande n’est pas partie de chez nous. Rien n’a démarré et rien n’est facturé.',
      whatToDo: 'Réessayez.',
    },
    session_invalid: {
      text: 'L’opérateur a déclaré cette recharge nulle. Elle ne coûte rien.',
      whatToDo: 'Rebranchez le câble et recommencez.',
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
