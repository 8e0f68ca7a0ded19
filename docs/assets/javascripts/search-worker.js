/*
 * Finds the results of the search box, in place of the worker that comes with Material.
 *
 * It speaks that worker's protocol (messages of type 0 “setup”, 1 “ready”, 2 “query”, 3 “result”), so the interface
 * and its keys stay Material's. What differs: questions in everyday words find answers (stop words, stemming, other
 * names of the same thing, slips of the pen), and every section is a result of its own, named with its page.
 */
importScripts(new URL("vendor/search-libraries.js", self.location.href).href)

const { MiniSearch, stemmer } = self.SearchLibraries

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3
const MAX_RESULTS = 24
const TEASER_LENGTH = 240

/* Pages whose sections stand alone, and how much a result of each kind of page counts. */
const STANDALONE = /^(faq|claims)\//
const WEIGHTS = [[/^faq\//, 1.6], [/^claims\//, 0.75], [/^about\//, 0.5], [/^sources\//, 0.4], [/^404/, 0]]

let vocabulary, index, documents

function words(text) {
  return text
    .normalize("NFKD").replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[’']s\b/g, "").replace(/[’']/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

/* One word as the index holds it: other names of the same thing, then the stem. */
function terms(word) {
  return (vocabulary.same.get(word) || word).split(" ").map(stemmer)
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

function weight(location) {
  const found = WEIGHTS.find(([pattern]) => pattern.test(location))
  if (found) return found[1]
  return location.includes("#") ? 1 : 2.2
}

async function setup({ docs }) {
  const response = await fetch(new URL("search-vocabulary.json", self.location.href))
  const { stopwords, same } = await response.json()
  vocabulary = { stopwords: new Set(stopwords), same: new Map(Object.entries(same)) }

  const titles = new Map(docs.filter(doc => !doc.location.includes("#")).map(doc => [doc.location, plain(doc.title)]))
  documents = new Map()
  for (const doc of docs) {
    const [path] = doc.location.split("#")
    const title = plain(doc.title), text = plain(doc.text)
    if (!text && doc.location.includes("#")) continue // a heading that only groups others
    const page = doc.location.includes("#") && !STANDALONE.test(path) ? titles.get(path) || "" : ""
    documents.set(doc.location, { id: doc.location, location: doc.location, title, page, text })
  }
  index = new MiniSearch({
    fields: ["title", "page", "text"],
    tokenize: words,
    processTerm: word => vocabulary.stopwords.has(word) ? null : terms(word),
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
    boost: { title: 3, page: 1.5, text: 1 },
    prefix: term => stemmer(last).startsWith(term) && term.length > 1,
    fuzzy: term => term.length > 4 ? 0.2 : false,
    weights: { prefix: 0.4, fuzzy: 0.3 },
    boostDocument: (id, term, stored) => weight(id),
  }).slice(0, MAX_RESULTS).map(hit => present(hit, asked))
}

/* What Material's interface prints of a result: title and teaser as HTML, and which words were found. */
function present({ id, score, match }, asked) {
  const { location, title, page, text } = documents.get(id)
  const found = new Set(Object.keys(match))
  const isFound = word => terms(word).some(term => found.has(term))
  const missing = Object.fromEntries(asked.map(word => [word, isFound(word) || [...found].some(term => term.startsWith(stemmer(word)))]))
  const name = page ? `${page} – ${title}` : title
  return [{ location, score, terms: missing, title: mark(name, isFound), text: mark(teaser(text, isFound), isFound) }]
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

self.addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) {
    await setup(data)
    self.postMessage({ type: READY })
  } else if (type === QUERY) {
    self.postMessage({ type: RESULT, data: { items: search(data) } })
  }
})
