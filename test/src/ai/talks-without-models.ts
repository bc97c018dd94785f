// What resembles talks with models and is none: people, archives, forms, machines that count.
import type { Talk } from "./talks.ts";
import { lines, pieces, sse } from "./talks.ts";

const NOTE = "The tenant reports that water is dripping from the ceiling in the kitchen since Sunday.";

export const WITHOUT_MODELS: readonly Talk[] = [
  {
    name: "Ticket with an acknowledgement",
    kind: null,
    method: "POST",
    path: "/support/requests",
    turns: [
      {
        ask: { message: NOTE, mail: "a@b.example" },
        say: {
          ok: true,
          message: "Thank you for your message. Our team will get back to you within two working days.",
        },
        ms: 700,
      },
      {
        ask: {
          message: "My invoice from March shows the wrong address, please correct it.",
          mail: "c@d.example",
        },
        say: {
          ok: true,
          message: "Thank you for your message. Our team will get back to you within two working days.",
        },
        ms: 650,
      },
      {
        ask: {
          message: "I cannot find the key to the bicycle cellar, who has a spare one?",
          mail: "e@f.example",
        },
        say: {
          ok: true,
          message: "Thank you for your message. Our team will get back to you within two working days.",
        },
        ms: 720,
      },
    ],
  },
  {
    name: "Ticket with an acknowledgement that names it",
    kind: null,
    method: "POST",
    path: "/anliegen",
    turns: [
      {
        ask: { text: "Die Heizung im zweiten Stock ist seit gestern kalt, bitte schicken Sie jemanden." },
        say: {
          info: "Vielen Dank, Ihr Anliegen wurde unter der Nummer 4711 aufgenommen. Wir melden uns bei Ihnen.",
        },
        ms: 900,
      },
      {
        ask: { text: "In der Tiefgarage brennt kein Licht, das ist am Abend sehr gefährlich." },
        say: {
          info: "Vielen Dank, Ihr Anliegen wurde unter der Nummer 4718 aufgenommen. Wir melden uns bei Ihnen.",
        },
        ms: 850,
      },
      {
        ask: { text: "Können Sie mir bitte eine Kopie des Mietvertrags zusenden?" },
        say: {
          info: "Vielen Dank, Ihr Anliegen wurde unter der Nummer 4733 aufgenommen. Wir melden uns bei Ihnen.",
        },
        ms: 950,
      },
    ],
  },
  {
    name: "Mail that is sent",
    kind: null,
    method: "POST",
    path: "/mail/outbox",
    turns: [
      {
        ask: {
          to: ["kim@b.example"],
          subject: "Minutes of the meeting",
          text: "Hello Kim, here are the minutes of our meeting on Monday. Please tell me if something is missing.",
        },
        say: { id: "m-1", queued: true },
        ms: 80,
      },
      {
        ask: {
          to: ["lee@b.example"],
          subject: "Lunch",
          text: "Shall we meet at the usual place at noon, or would you like to try the new one?",
        },
        say: { id: "m-2", queued: true },
        ms: 75,
      },
    ],
  },
  {
    name: "People in a room, over HTTP",
    kind: null,
    method: "POST",
    path: "/rooms/7/messages",
    turns: [
      {
        ask: { text: "Has anybody seen the blue folder with the contracts?" },
        say: {
          id: 18,
          author: "mira",
          text: "Has anybody seen the blue folder with the contracts?",
          created_at: "2026-03-02T09:00:00Z",
        },
        ms: 40,
      },
      {
        ask: { text: "It was on the table in the meeting room this morning." },
        say: {
          id: 19,
          author: "jon",
          text: "It was on the table in the meeting room this morning.",
          created_at: "2026-03-02T09:01:00Z",
        },
        ms: 42,
      },
    ],
  },
  {
    name: "People in a room, over a WebSocket",
    kind: null,
    method: "GET",
    path: "/chat/socket",
    sayType: "websocket",
    turns: [
      {
        ask: ["Good morning everybody, is the train late again?", "Then I will take the bus instead."]
          .map((text) => JSON.stringify({ type: "post", text }))
          .join("\n"),
        say: [
          { user: "ana", text: "Yes, it is twenty minutes late because of the storm." },
          { user: "ben", text: "They say on the radio that it may take until noon." },
          { user: "ana", text: "The bus is quite full today, better be early." },
          { user: "cho", text: "I can give you a lift if you want." },
        ]
          .map((line) => JSON.stringify(line))
          .join("\n"),
        ms: 240_000,
      },
    ],
  },
  {
    name: "Full-text search that is slow",
    kind: null,
    method: "POST",
    path: "/archive/search",
    turns: [
      {
        ask: { query: "letters about the founding of the school", page: 1 },
        say: {
          total: 2,
          page: 1,
          hits: [
            {
              id: 4,
              title: "Letter to the mayor",
              snippet: "…asks the town to give the land for the school for free…",
            },
            {
              id: 9,
              title: "Minutes of 1911",
              snippet: "…the founding of the school was decided with nine votes…",
            },
          ],
        },
        ms: 1400,
      },
      {
        ask: { query: "photographs of the old bridge before the flood", page: 1 },
        say: {
          total: 1,
          page: 1,
          hits: [
            {
              id: 12,
              title: "Bridge from the south",
              snippet: "…taken two weeks before the great flood of 1954…",
            },
          ],
        },
        ms: 1600,
      },
    ],
  },
  {
    name: "Machine translation with languages named",
    kind: null,
    method: "POST",
    path: "/mt",
    turns: [
      {
        ask: { text: "The goods will be delivered on Friday morning.", from: "en", to: "de" },
        say: { text: "Die Ware wird am Freitagvormittag geliefert." },
        ms: 70,
      },
      {
        ask: { text: "Please sign the form on the second page.", from: "en", to: "de" },
        say: { text: "Bitte unterschreiben Sie das Formular auf der zweiten Seite." },
        ms: 65,
      },
    ],
  },
  {
    name: "Translation memory",
    kind: null,
    method: "POST",
    path: "/tm/lookup",
    turns: [
      {
        ask: { segment: "Press the red button to stop the machine.", source: "en", target: "fr" },
        say: {
          matches: [
            {
              source: "Press the red button to stop the motor.",
              target: "Appuyez sur le bouton rouge pour arrêter le moteur.",
              score: 0.92,
            },
            {
              source: "Press the green button to start.",
              target: "Appuyez sur le bouton vert pour démarrer.",
              score: 0.71,
            },
          ],
        },
        ms: 30,
      },
    ],
  },
  {
    name: "Page of a content system that is saved",
    kind: null,
    method: "PUT",
    path: "/cms/pages/12",
    turns: [
      {
        ask: {
          title: "Opening hours",
          body: "We are open from Monday to Friday. On Saturdays you can reach us by phone until noon.",
        },
        say: {
          id: 12,
          title: "Opening hours",
          body: "We are open from Monday to Friday. On Saturdays you can reach us by phone until noon.",
          updated_at: "2026-05-01",
        },
        ms: 90,
      },
    ],
  },
  {
    name: "Markdown that is rendered",
    kind: null,
    method: "POST",
    path: "/render/markdown",
    sayType: "text/html",
    turns: [
      {
        ask: {
          text: "# Notes\n\nThis is a **short** list of what we have to buy for the party:\n\n- bread\n- cheese",
        },
        say: "<h1>Notes</h1><p>This is a <strong>short</strong> list of what we have to buy for the party:</p><ul><li>bread</li><li>cheese</li></ul>",
        ms: 12,
      },
      {
        ask: { text: "Please read the *house rules* before you move in, they are on the door." },
        say: "<p>Please read the <em>house rules</em> before you move in, they are on the door.</p>",
        ms: 11,
      },
    ],
  },
  {
    name: "Questions with fixed answers",
    kind: null,
    method: "POST",
    path: "/faq",
    turns: [
      {
        ask: { q: "How do I change my password?" },
        say: { text: "Open your profile, choose security and then change password.", id: 3 },
        ms: 18,
      },
      {
        ask: { q: "Where can I download my invoice?" },
        say: { text: "All your invoices are listed in the billing section as a file.", id: 8 },
        ms: 17,
      },
      {
        ask: { q: "How do I change my password?" },
        say: { text: "Open your profile, choose security and then change password.", id: 3 },
        ms: 16,
      },
      {
        ask: { q: "How do I change my password?" },
        say: { text: "Open your profile, choose security and then change password.", id: 3 },
        ms: 19,
      },
    ],
  },
  {
    name: "Log lines that are followed",
    kind: null,
    method: "GET",
    path: "/pods/api/log",
    sayType: "text/event-stream",
    turns: [
      {
        say: sse(
          [
            "2026-01-01 starting the server on port 8080",
            "2026-01-01 connected to the database after 3 tries",
            "2026-01-01 the first request took 120 ms to answer",
            "2026-01-01 cache is warm, all workers are ready",
          ],
          (p) => ({ line: p }),
        ),
        ms: 300_000,
      },
    ],
  },
  {
    name: "Live captions",
    kind: null,
    method: "GET",
    path: "/stage/captions",
    sayType: "text/event-stream",
    turns: [
      {
        say: sse(
          pieces(
            "good evening and welcome to the annual meeting of our association we are happy to see so many of you here tonight",
          ),
          (p) => ({ w: p }),
        ),
        ms: 900_000,
      },
    ],
  },
  {
    name: "Recommendations",
    kind: null,
    method: "POST",
    path: "/reco",
    turns: [
      {
        ask: { user: 4, context: "people who bought this item also looked at" },
        say: {
          items: [
            { id: 3, title: "Tent for two people", why: "because you bought a sleeping bag" },
            { id: 9, title: "Camping stove", why: "because it is often bought with tents" },
          ],
          model: "als-7",
        },
        ms: 25,
      },
    ],
  },
  {
    name: "Analytics events",
    kind: null,
    method: "POST",
    path: "/collect",
    turns: [
      {
        ask: {
          events: [
            { name: "search", text: "how to repair a bicycle tyre at home", ts: 1 },
            { name: "click", text: "read more about our opening hours", ts: 2 },
          ],
        },
        say: { accepted: 2 },
        ms: 9,
      },
    ],
  },
  {
    name: "Spelling and grammar",
    kind: null,
    method: "POST",
    path: "/proof",
    turns: [
      {
        ask: { text: "He go to the school every day and he like it very much." },
        say: {
          issues: [
            { at: 3, message: "The verb does not agree with its subject here.", fix: "goes" },
            { at: 42, message: "The verb does not agree with its subject here.", fix: "likes" },
          ],
        },
        ms: 120,
      },
    ],
  },
  {
    name: "Spelling, text comes back corrected",
    kind: null,
    method: "POST",
    path: "/autocorrect",
    turns: [
      {
        ask: { text: "I would liek to book a tabel for four people on Friday evening." },
        say: { text: "I would like to book a table for four people on Friday evening." },
        ms: 15,
      },
      {
        ask: { text: "Thnak you for your letter, we will anwser it as soon as we can." },
        say: { text: "Thank you for your letter, we will answer it as soon as we can." },
        ms: 14,
      },
    ],
  },
  {
    name: "Letters from templates",
    kind: null,
    method: "POST",
    path: "/letters",
    turns: [
      {
        ask: { template: "visit", note: "please bring the old passport with you", name: "Novak" },
        say: {
          text: "Dear Novak,\n\nyour appointment is confirmed. Note: please bring the old passport with you. We look forward to seeing you at the citizen office.\n\nKind regards",
        },
        ms: 14,
      },
      {
        ask: { template: "visit", note: "the lift is out of order at the moment", name: "Haas" },
        say: {
          text: "Dear Haas,\n\nyour appointment is confirmed. Note: the lift is out of order at the moment. We look forward to seeing you at the citizen office.\n\nKind regards",
        },
        ms: 13,
      },
    ],
  },
  {
    name: "Slow mail merge",
    kind: null,
    method: "POST",
    path: "/merge",
    turns: [
      {
        ask: { reason: "the road in front of the house is closed for repairs", to: "Berg 4" },
        say: {
          doc: "To the residents of Berg 4: the road in front of the house is closed for repairs. We ask for your understanding. Your town administration.",
        },
        ms: 1500,
      },
      {
        ask: { reason: "the water will be turned off on Tuesday morning", to: "Tal 9" },
        say: {
          doc: "To the residents of Tal 9: the water will be turned off on Tuesday morning. We ask for your understanding. Your town administration.",
        },
        ms: 1600,
      },
      {
        ask: { reason: "there is a market on the main square this weekend", to: "Platz 1" },
        say: {
          doc: "To the residents of Platz 1: there is a market on the main square this weekend. We ask for your understanding. Your town administration.",
        },
        ms: 1400,
      },
    ],
  },
  {
    name: "Reviews of products",
    kind: null,
    method: "POST",
    path: "/products/4/reviews",
    turns: [
      {
        ask: {
          stars: 4,
          text: "The blanket is warm and soft, but it loses a lot of fluff in the first weeks.",
        },
        say: {
          id: 7,
          stars: 4,
          text: "The blanket is warm and soft, but it loses a lot of fluff in the first weeks.",
          user: "ida",
          state: "pending",
        },
        ms: 60,
      },
    ],
  },
  {
    name: "Complaint with its history",
    kind: null,
    method: "POST",
    path: "/cases/9/notes",
    turns: [
      {
        ask: { note: "Customer called again and wants to know when the technician comes." },
        say: {
          case: 9,
          notes: [
            { by: "lena", at: "2026-02-01", text: "Customer called, the dishwasher leaks." },
            { by: "omar", at: "2026-02-02", text: "Technician is ordered for Friday morning." },
            {
              by: "lena",
              at: "2026-02-03",
              text: "Customer called again and wants to know when the technician comes.",
            },
          ],
        },
        ms: 70,
      },
    ],
  },
  {
    name: "Sentiment of reviews",
    kind: null,
    method: "POST",
    path: "/classify/mood",
    turns: [
      {
        ask: { text: "The food was cold and the waiter was not very friendly to us." },
        say: { label: "negative", score: 0.97 },
        ms: 30,
      },
    ],
  },
  {
    name: "Text that becomes a barcode",
    kind: null,
    method: "POST",
    path: "/qr",
    sayType: "image/png",
    turns: [
      { ask: { text: "Scan me to see the opening hours of the library" }, say: "\u0089PNG____", ms: 20 },
      { ask: { text: "Scan me to order a taxi to the station" }, say: "\u0089PNG____", ms: 18 },
    ],
  },
  {
    name: "Job that people answer",
    kind: null,
    method: "POST",
    path: "/helpdesk/cases",
    turns: [
      {
        ask: { problem: "The printer on the third floor prints only blank pages." },
        say: { id: 991, state: "open" },
        status: 201,
        ms: 40,
      },
      {
        method: "GET",
        path: "/helpdesk/cases/991",
        say: {
          id: 991,
          state: "open",
          problem: "The printer on the third floor prints only blank pages.",
          created_at: "2026-01-01",
        },
        ms: 10,
      },
    ],
  },
  {
    name: "Weather in words",
    kind: null,
    method: "POST",
    path: "/weather/text",
    turns: [
      {
        ask: { city: "Graz", day: 1 },
        say: {
          text: "Sunny in the morning, with some clouds over the hills in the afternoon and a light wind from the south.",
        },
        ms: 300,
      },
      {
        ask: { city: "Linz", day: 1 },
        say: {
          text: "Fog along the river until noon, then sunny and mild with hardly any wind for the rest of the day.",
        },
        ms: 280,
      },
    ],
  },
  {
    name: "Article by its title",
    kind: null,
    method: "GET",
    path: "/articles?title=the+history+of+the+harbour+and+its+ships",
    turns: [
      {
        say: {
          title: "The history of the harbour and its ships",
          author: "R. Moss",
          text: "The harbour was built in 1870, when the first steam ships came to the town. It grew quickly and soon had its own railway.",
        },
        ms: 600,
      },
    ],
  },
  {
    name: "Validation that explains itself",
    kind: null,
    method: "POST",
    path: "/application",
    turns: [
      {
        ask: { motive: "I would like to work with animals since I was a child." },
        say: { valid: false, errors: ["The field phone is required and must have at least six digits."] },
        ms: 600,
      },
      {
        ask: { motive: "My last job was in a zoo, where I took care of the birds." },
        say: { valid: false, errors: ["The field phone is required and must have at least six digits."] },
        ms: 620,
      },
    ],
  },
  {
    name: "Numbers for a forecast",
    kind: null,
    method: "POST",
    path: "/forecast",
    turns: [
      {
        ask: { series: [12.5, 13.1, 12.8, 14.2], horizon: 3 },
        say: { prediction: [14.4, 14.7, 14.9] },
        ms: 40,
      },
    ],
  },
  {
    name: "Search in Japanese",
    kind: null,
    method: "POST",
    path: "/kensaku",
    turns: [
      {
        ask: { q: "引っ越しの手続きについて" },
        say: {
          count: 2,
          results: [
            { id: 1, title: "転出届の出し方", text: "引っ越しの十四日前から届け出ができます。" },
            { id: 2, title: "水道の手続き", text: "使用を始める三日前までに連絡してください。" },
          ],
        },
        ms: 80,
      },
    ],
  },
  {
    name: "Comments in Russian",
    kind: null,
    method: "POST",
    path: "/kommentarii",
    turns: [
      {
        ask: { текст: "Очень хорошая статья, спасибо автору за подробное объяснение." },
        say: {
          id: 5,
          автор: "Ира",
          текст: "Очень хорошая статья, спасибо автору за подробное объяснение.",
          дата: "2026-03-01",
        },
        ms: 35,
      },
    ],
  },
  {
    name: "Events for a calendar",
    kind: null,
    method: "POST",
    path: "/calendar/events",
    turns: [
      {
        ask: {
          title: "Parents' evening at the school",
          description: "We talk about the trip in May and what the children need to bring.",
          start: "2026-04-01T18:00",
        },
        say: {
          id: "e1",
          link: "https://cal.example/e1",
          description: "We talk about the trip in May and what the children need to bring.",
        },
        ms: 100,
      },
    ],
  },
  {
    name: "Dispatch of a push message",
    kind: null,
    method: "POST",
    path: "/push",
    turns: [
      {
        ask: { title: "Your order", body: "Your order is on its way and will arrive tomorrow before noon." },
        say: { sent: 812, failed: 3 },
        ms: 300,
      },
    ],
  },
  {
    name: "Progress in sentences",
    kind: null,
    method: "POST",
    path: "/import/run",
    sayType: "application/x-ndjson",
    turns: [
      {
        ask: { file: "a.csv", note: "the first import of the new customer list" },
        say: lines(
          [
            "Reading the file from the store.",
            "Found 1200 rows in the first sheet.",
            "Writing the rows to the database.",
            "All rows were written without errors.",
            "The import is done after 12 seconds.",
          ],
          (m) => ({ step: m }),
        ),
        ms: 12_000,
      },
    ],
  },
];
