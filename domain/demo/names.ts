/** Common names of four languages, put together at random: whoever comes out is nobody in particular. */
export type Language = 'en' | 'fr' | 'it' | 'de'

type Names = { female: readonly string[]; male: readonly string[]; last: readonly string[] }

const list = (names: string): readonly string[] => names.split(' ')

export const NAMES: Record<Language, Names> = {
  en: {
    female: list(
      'Amelia Beatrice Charlotte Daisy Eleanor Fiona Grace Harriet Imogen Jessica Katherine Lucy Megan Niamh Olivia Phoebe Rosie Sophie Tess Violet',
    ),
    male: list(
      'Adam Benjamin Callum Daniel Edward Finn George Harry Isaac Jack Liam Matthew Noah Oliver Patrick Rory Samuel Thomas William Zachary',
    ),
    last: list(
      "Ashworth Barlow Carver Dunmore Ellery Fairley Greaves Hadley Ingram Jessop Kirkwood Langley Merton Norwood O'Shea Prescott Quinnell Radley Stanway Thorne Underhill Vickery Wetherby Yardley",
    ),
  },
  fr: {
    female: list(
      'Adèle Amélie Camille Chloé Clémence Élise Éloïse Fanny Gaëlle Hélène Inès Jeanne Léa Lucie Manon Margaux Noémie Océane Pauline Zoé',
    ),
    male: list(
      'Adrien Antoine Baptiste Clément Damien Émile Étienne Fabien Gaspard Hugo Jérôme Jules Léo Loïc Mathis Nicolas Olivier Pascal Rémi Théo',
    ),
    last: list(
      "Arnoux Beaulieu Chastain Delacour Épinay Fontanel Garance Hautecœur Jourdain Lacombe Lefébure Marchand Noailles d'Orval Périer Quesnel Rochefort Saint-Clair Tessier Valmont Vasseur",
    ),
  },
  it: {
    female: list(
      'Alessia Beatrice Bianca Caterina Chiara Donatella Elena Federica Giorgia Ilaria Lucia Martina Nicoletta Ornella Paola Rosalba Serena Silvia Valentina Viola',
    ),
    male: list(
      'Alessandro Andrea Bruno Carlo Davide Emanuele Fabio Giacomo Leonardo Lorenzo Luca Marco Nicolò Paolo Riccardo Salvatore Stefano Tommaso Umberto Vittorio',
    ),
    last: list(
      "Altieri Bellandi Castellani Donadoni Fiorentini Galvani Lombardini Marchesi Nardini Orsini Pellegrini Quaranta Ravelli Santoro Tedeschi Valsecchi Zanetti D'Amico Montalbani Serafini",
    ),
  },
  de: {
    female: list(
      'Annika Birgit Carla Doreen Elke Franziska Greta Hannah Ida Johanna Katrin Lena Miriam Nele Paula Rieke Sabine Svenja Ulrike Wiebke Jördis Käthe',
    ),
    male: list(
      'Arne Bastian Clemens Dirk Elias Florian Gregor Henrik Ingo Jonas Karsten Lukas Moritz Niklas Ole Philipp Ralf Sören Tobias Uwe Volker Jürgen',
    ),
    last: list(
      'Ackermann Birkner Dornbusch Ehlers Feldkamp Grünwald Hölzl Immendorf Jäger Kirchhoff Lindqvist Möllendorf Nussbaum Oberländer Pfeiffer Querfurt Rösler Steinbrück Tannert Uhlenbrock Voß Wiesengrund Zöllner Größler',
    ),
  },
}

/** Domains that belong to nobody (RFC 2606); the local inbox answers for all of them. */
export const MAIL_DOMAINS: Record<Language, readonly string[]> = {
  en: ['mail.test', 'letterbox.test'],
  fr: ['courriel.test', 'boite.test'],
  it: ['posta.test', 'corriere.test'],
  de: ['post.test', 'briefkasten.test'],
}

const SPELLED_OUT: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', œ: 'oe' }

/** A name as it stands in an address: small letters of ASCII. */
export function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[äöüßœ]/g, (letter) => SPELLED_OUT[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '')
}
