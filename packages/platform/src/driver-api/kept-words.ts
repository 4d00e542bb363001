import type { DriverLanguage } from '@interwatt/store'

/** What of an account outlives it, and why, for its driver. */
export const keptWords: Readonly<Record<DriverLanguage, string>> = {
  en: 'Your account is deleted, with cars, cards, passkeys, sign-ins and problem reports. Your contract cannot charge any more. Records of past charges and their bills stay, because the law on accounts asks for it; they hold your contract number, not your name or address.',
  de: 'Ihr Konto ist gelöscht, mit Fahrzeugen, Karten, Passkeys, Anmeldungen und Problemmeldungen. Mit Ihrem Vertrag kann nicht mehr geladen werden. Aufzeichnungen früherer Ladevorgänge und ihrer Abrechnung bleiben, weil es die Buchführung verlangt; darin steht Ihre Vertragsnummer, nicht Ihr Name oder Ihre Adresse.',
  fr: 'Votre compte est supprimé, avec les véhicules, cartes, clés d’accès, connexions et signalements. Votre contrat ne permet plus de recharger. Les enregistrements des recharges passées et de leur facturation restent, car la comptabilité l’exige ; ils contiennent votre numéro de contrat, ni votre nom ni votre adresse.',
  nl: 'Uw account is verwijderd, met auto’s, passen, passkeys, aanmeldingen en meldingen. Met uw contract kan niet meer worden geladen. Gegevens van eerdere laadbeurten en hun afrekening blijven, omdat de boekhouding dat vraagt; daarin staat uw contractnummer, niet uw naam of adres.',
}

/** Kinds of objects that stay. */
export const kept = ['sessions', 'cdrs', 'withdrawn_tokens'] as const
