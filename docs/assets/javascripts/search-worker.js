/*
 * Answers the search box in place of the worker that comes with Material.
 *
 * It speaks that worker's protocol, so the interface and its keys stay Material's. This part is small and comes with
 * every page; what finds the results, and the index, are fetched with the first question.
 */
const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3

const beside = path => new URL(path, self.location.href).href
let sections // of the site, where the page has fetched them for its own purposes
let engine // a promise
let answered = Promise.resolve() // the questions so far: answers leave in the order of the questions

async function load() {
  if (!self.SearchEngine) importScripts(beside("vendor/search-libraries.js"), beside("search-engine.js"))
  if (!sections) {
    const response = await fetch(beside("../../search/search_index.json"))
    sections = (await response.json()).docs
  }
  await self.SearchEngine.setup(sections)
  return self.SearchEngine
}

async function answer(question) {
  let items = []
  if (question.trim()) {
    engine ??= load()
    items = (await engine).search(question)
  }
  self.postMessage({ type: RESULT, data: { items } })
}

self.addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) sections = data.docs
  if (type !== QUERY) return
  answered = answered.then(() => answer(data)).catch(error => {
    engine = undefined // the next key tries again
    console.error(error)
  })
})
self.postMessage({ type: READY })
