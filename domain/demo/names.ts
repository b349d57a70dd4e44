/** Common names of four languages, put together at random: whoever comes out is nobody in particular. */
export type Language = 'en' | 'fr' | 'it' | 'de'

type Names = { female: readonly string[]; male: readonly string[]; last: readonly string[] }

const list = (names: string): readonly string[] => names.split(' ')

export const NAMES: Record<Language, Names> = {
  en: {
    female: list(
      'Abigail Alice Amelia Beatrice Bethany Charlotte Daisy Eleanor Emily Fiona Freya Georgia Grace Harriet Holly Imogen Isla Jessica Katherine Lucy Maisie Matilda Megan Mila Niamh Nora Olivia Phoebe Poppy Rosie Ruby Sophie Tess Violet',
    ),
    male: list(
      'Adam Alfie Benjamin Callum Daniel Dylan Edward Ewan Finn George Harry Henry Isaac Jack James Kieran Liam Louis Matthew Max Nathan Noah Oliver Owen Patrick Rory Samuel Theo Thomas Toby William Zachary',
    ),
    last: list(
      "Alderton Ashworth Barlow Bexley Blackwood Brennan Carver Chadwick Colbourne Dalby Dunmore Eastwood Ellery Fairley Farrow Garland Greaves Hadley Hartnell Holloway Ingram Jessop Kendrick Kirkwood Langley Lockwood Marlowe Merton Netherby Norwood O'Shea Oakley Pemberton Prescott Quinnell Radley Redfern Rowntree Sandford Selwyn Stanway Tilbury Thorne Underhill Vickery Wakefield Wetherby Whitcombe Yardley Yeoman",
    ),
  },
  fr: {
    female: list(
      'Adèle Agathe Alix Amélie Anaïs Camille Capucine Chloé Clémence Coline Élise Éloïse Fanny Gaëlle Hélène Inès Jeanne Julie Léa Léonie Lucie Maëlys Manon Margaux Mathilde Noémie Océane Pauline Romane Salomé Soline Zoé',
    ),
    male: list(
      'Adrien Antoine Arthur Baptiste Bastien Clément Corentin Damien Émile Étienne Fabien Gaspard Grégoire Hugo Jérôme Jules Léo Loïc Lucien Mathis Maxime Nathan Nicolas Olivier Pascal Quentin Rémi Sacha Théo Tristan Yann',
    ),
    last: list(
      "Arnoux Aubépin Beaulieu Bellerose Bonnefoy Chabrol Chastain Clairvaux Delacour Desroches Duvallon Épinay Fontanel Fougère Garance Grandval Hautecœur Hérault Jourdain Joubertin Lacombe Larivière Lefébure Marchand Maupertuis Noailles d'Orval Perrichon Périer Quesnel Ravenel Rochefort Roussillon Saint-Clair Sauvageot Tessier Thévenin Valmont Vasseur Villedieu",
    ),
  },
  it: {
    female: list(
      'Alessia Arianna Beatrice Benedetta Bianca Caterina Chiara Cinzia Donatella Elena Eleonora Federica Flavia Ginevra Giorgia Ilaria Irene Lavinia Lucia Marta Martina Nicoletta Noemi Ornella Paola Rosalba Serena Silvia Teresa Valentina Viola Virginia',
    ),
    male: list(
      'Alessandro Andrea Bruno Carlo Claudio Davide Diego Emanuele Fabio Filippo Giacomo Guido Leonardo Lorenzo Luca Marco Michele Nicolò Paolo Pietro Raffaele Riccardo Salvatore Simone Stefano Tommaso Umberto Valerio Vittorio',
    ),
    last: list(
      "Altieri Arrighi Bellandi Bentivoglio Bonaventura Casalini Castellani Cordero Donadoni D'Amico Fabbrini Fiorentini Galvani Gherardi Guarnieri Lanfranchi Lombardini Malaspina Marchesi Montalbani Nardini Orsini Paganelli Pellegrini Pontremoli Quaranta Ravelli Rinaldini Santoro Serafini Tedeschi Torriani Ubaldini Valsecchi Vespignani Zanetti",
    ),
  },
  de: {
    female: list(
      'Alma Annika Antonia Birgit Carla Cornelia Doreen Edda Elke Emilia Frauke Franziska Greta Hannah Helene Ida Ines Johanna Jördis Judith Karla Katrin Käthe Lena Leonie Lotte Marlene Merle Miriam Nele Nora Paula Rieke Rosa Sabine Silke Svenja Thea Ulrike Wiebke',
    ),
    male: list(
      'Anton Arne Bastian Bernd Clemens Cornelius Dirk Elias Emil Fabian Florian Gregor Hannes Henrik Holger Ingo Jakob Jannis Jonas Jürgen Karsten Konrad Lennart Lukas Malte Moritz Niklas Ole Oskar Philipp Quirin Ralf Ruben Sören Sebastian Tobias Uwe Valentin Volker Wenzel',
    ),
    last: list(
      'Ackermann Adlung Ahrendt Bachmeier Behringer Birkner Bogenschütz Brandstätter Clausnitzer Dahlmann Dornbusch Ebersbach Ehlers Eschenbach Falkner Feldkamp Freudenthal Gerstenberg Goldammer Grünwald Hagedorn Hellwig Hölzl Immendorf Isenberg Jäger Jansohn Kaltenbrunn Kirchhoff Kronberger Lachner Lindqvist Löwenthal Mahlstedt Mittenzwei Möllendorf Niehaus Nussbaum Oberländer Ostermann Pfeiffer Pohlmann Querfurt Rabenstein Reinhardt Rösler Sandvoß Schellenberg Steinbrück Tannert Thalheim Uhlenbrock Ungerer Vahlbruch Voß Wachsmuth Wiesengrund Winterfeldt Zeidler Zöllner',
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
