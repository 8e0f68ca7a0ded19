/*
 * Finds the results of the search box; search-worker.js loads it with the first question.
 *
 * What differs from the search that comes with Material: questions in everyday words find answers (stop words,
 * stemming, other names of the same thing, slips of the pen), and every section is a result of its own, named with
 * its page.
 */
const { MiniSearch, stemmer } = self.SearchLibraries

const MAX_RESULTS = 24
const TEASER_LENGTH = 240

/* Pages whose sections stand alone, and how much a result of each kind of page counts. */
const STANDALONE = /^(faq|claims)\//
const WEIGHTS = [[/^$/, 1.5], [/^faq\//, 1.4], [/^claims\//, 0.7], [/^about\//, 0.6], [/^sources\//, 0.4], [/^404/, 0]]
/* A whole page counts for more when its title has every word asked for (“cuba”), else for less than its sections. */
const PAGE_NAMED = 3.5, PAGE_MENTIONED = 0.9

let vocabulary, index, documents, frequency

function words(text) {
  text = text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/’/g, "'").toLowerCase()
  for (const [phrase, word] of vocabulary.phrases) text = text.replaceAll(phrase, word)
  return text
    .replace(/'s\b/g, "").replace(/'/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

/* One word as the index holds it: other names of the same thing, then the stem. */
function terms(word) {
  return (vocabulary.same.get(word) || word).split(" ").map(stemmer)
}

function indexTerms(text) {
  return new Set(words(text).filter(word => !vocabulary.stopwords.has(word)).flatMap(terms))
}

function plain(html) {
  return html
    .replace(/<\/(p|li|h\d|tr|dd|dt|td|th|ul|ol|div)>/g, " ").replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&")
    .replace(/\s+/g, " ").trim()
}

function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
}

/* Reads the sections of the site, as the index that the site is built with has them. */
async function setup(docs) {
  const response = await fetch(new URL("search-vocabulary.json", self.location.href))
  const { phrases, questionwords, stopwords, same } = await response.json()
  vocabulary = {
    phrases: Object.entries(phrases),
    questionwords: new Set(questionwords), stopwords: new Set(stopwords), same: new Map(Object.entries(same)) }

  const titles = new Map(docs.filter(doc => !doc.location.includes("#")).map(doc => [doc.location, plain(doc.title)]))
  documents = new Map()
  for (const doc of docs) {
    const [path] = doc.location.split("#")
    const title = plain(doc.title), text = plain(doc.text)
    if (!text && doc.location.includes("#")) continue // a heading that only groups others
    const page = doc.location.includes("#") && !STANDALONE.test(path) ? titles.get(path) || "" : ""
    documents.set(doc.location, {
      id: doc.location, title, page, text,
      titleTerms: indexTerms(`${title} ${page}`), allTerms: indexTerms(`${title} ${page} ${text}`),
    })
  }
  frequency = new Map()
  for (const { allTerms } of documents.values())
    for (const term of allTerms) frequency.set(term, (frequency.get(term) || 0) + 1)

  index = new MiniSearch({
    fields: ["title", "page", "text"],
    tokenize: words,
    // “Who” or “why” tells titles apart; in running text it means nothing.
    processTerm: (word, field) =>
      vocabulary.stopwords.has(word) || (field !== "title" && vocabulary.questionwords.has(word)) ? null : terms(word),
  })
  index.addAll([...documents.values()])
}

function search(query) {
  let asked = words(query)
  const content = asked.filter(word => !vocabulary.stopwords.has(word))
  if (content.length) asked = content
  if (!asked.length) return []
  const last = asked[asked.length - 1]
  return index.search(asked.join(" "), {
    tokenize: text => text.split(" "),
    processTerm: terms,
    boost: { title: 3, page: 1.5 },
    // The last word may not be finished yet; a word that stands nowhere may be misspelt.
    prefix: term => term.length > 1 && terms(last).includes(term),
    fuzzy: term => frequency.has(term) || term.length < 4 ? false : term.length < 6 ? 1 : 2,
    weights: { prefix: 0.3, fuzzy: 0.3 },
  })
    .map(hit => ({ ...hit, score: hit.score * weight(hit, asked) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_RESULTS)
    .map(hit => present(hit, asked))
}

/* How much a hit counts: by the kind of page, and by how much of the question it covers; rare words count for more. */
function weight({ id, match }, asked) {
  const { titleTerms } = documents.get(id)
  const found = Object.keys(match)
  const rarity = word => Math.log(1 + documents.size / Math.max(1, ...terms(word).map(term => frequency.get(term) || 1)))
  const total = asked.reduce((sum, word) => sum + rarity(word), 0)
  const covered = asked.filter(word => isCovered(word, found)).reduce((sum, word) => sum + rarity(word), 0)
  const kind = WEIGHTS.find(([pattern]) => pattern.test(id))
  const named = asked.every(word =>
    vocabulary.questionwords.has(word) || terms(word).some(term => titleTerms.has(term) || !frequency.has(term)))
  const ofPage = id.includes("#") ? 1 : named ? PAGE_NAMED : PAGE_MENTIONED
  return (kind ? kind[1] : 1) * ofPage * (covered / total) ** 1.5
}

function isCovered(word, found) {
  return terms(word).some(term => found.some(other => other === term || other.startsWith(term) || !frequency.has(term)))
}

/* What Material's interface prints of a result: title and teaser as HTML, and which words were found. */
function present({ id, score, match }, asked) {
  const { title, page, text } = documents.get(id)
  const found = Object.keys(match)
  const isFound = word => terms(word).some(term => found.includes(term))
  const shown = mark(teaser(text, isFound), isFound)
  // Material prints no teaser under a result that is a section; there it goes below the title.
  const below = id.includes("#") && shown ? `<span class="search-teaser">${shown}</span>` : ""
  return [{
    location: id,
    score,
    terms: Object.fromEntries(asked.map(word => [word, isCovered(word, found)])),
    title: mark(page ? `${page} – ${title}` : title, isFound) + below,
    text: shown,
  }]
}

function mark(text, isFound) {
  return text.split(/([\p{L}\p{N}]+)/u)
    .map((part, i) => i % 2 && words(part).some(word => !vocabulary.stopwords.has(word) && isFound(word)) ? `<mark>${escape(part)}</mark>` : escape(part))
    .join("")
}

/* The stretch of the text that holds most of the words asked for, from the beginning of a word. */
function teaser(text, isFound) {
  if (text.length <= TEASER_LENGTH) return text
  const hits = [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(([word]) => words(word).some(isFound)).map(hit => hit.index)
  let best = 0, most = 0
  for (const start of hits) {
    const count = hits.filter(hit => hit >= start && hit < start + TEASER_LENGTH).length
    if (count > most) [best, most] = [start, count]
  }
  const from = best < 60 ? 0 : text.lastIndexOf(" ", best - 40) + 1
  const to = text.lastIndexOf(" ", from + TEASER_LENGTH)
  return `${from ? "… " : ""}${text.slice(from, to)} …`
}

self.SearchEngine = { setup, search }
