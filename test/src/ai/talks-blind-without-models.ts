// Words without models in many languages, written before anybody looked at how the weights judge them.
import type { Talk, Turn } from "./talks.ts";

type More = Partial<Omit<Talk, "turns">>;
type Row = readonly [ask: unknown, say: unknown, ms?: number, path?: string];

function talk(name: string, path: string, rows: readonly Row[], more: More = {}): Talk {
  const turns = rows.map(([ask, say, ms, at]): Turn => ({
    ask,
    say,
    ms: ms ?? 45,
    ...(at !== undefined && { path: at }),
  }));
  return { name, kind: null, method: "POST", path, turns, ...more };
}

export const BLIND_WITHOUT_MODELS: readonly Talk[] = [
  talk("CRM notes, German", "/crm/notizen", [
    [
      {
        kunde: 41,
        notiz:
          "Herr Brandt hat angerufen und wünscht ein neues Angebot für die Wartung der Anlage in Halle zwei.",
      },
      {
        id: 901,
        kunde: 41,
        notiz:
          "Herr Brandt hat angerufen und wünscht ein neues Angebot für die Wartung der Anlage in Halle zwei.",
        erstellt: "2026-03-02T08:11:00Z",
      },
    ],
    [
      { kunde: 77, notiz: "Frau Osei ist im Mutterschutz, bitte bis September mit Herrn Lindner sprechen." },
      {
        id: 902,
        kunde: 77,
        notiz: "Frau Osei ist im Mutterschutz, bitte bis September mit Herrn Lindner sprechen.",
        erstellt: "2026-03-02T08:13:00Z",
      },
    ],
  ]),
  talk("ticket thread: whole thread back", "/tickets/88/comments", [
    [
      {
        body: "The printer on floor three still jams when I print on both sides, even after the technician came.",
      },
      {
        id: 3,
        ticket: 88,
        comments: [
          { author: "lena", body: "The printer on floor three jams all the time." },
          {
            author: "support",
            body: "We sent a technician on Monday, please try again with the tray on the left.",
          },
          {
            author: "lena",
            body: "The printer on floor three still jams when I print on both sides, even after the technician came.",
          },
        ],
      },
      120,
    ],
    [
      { body: "Thank you, it works now that you changed the roller." },
      {
        id: 4,
        ticket: 88,
        comments: [
          {
            author: "support",
            body: "We changed the roller this morning and printed fifty pages without a jam.",
          },
          { author: "lena", body: "Thank you, it works now that you changed the roller." },
        ],
      },
      110,
    ],
  ]),
  talk("mail sent and filed", "/mail/send", [
    [
      {
        to: ["a@firm.example"],
        subject: "Invoice for May",
        text: "Dear Ms Okafor, please find attached the invoice for the cleaning in May. Payment is due within fourteen days. Kind regards, Tom",
      },
      {
        messageId: "<19@firm.example>",
        queued: true,
        notice: "Your message was accepted for delivery and will be sent shortly.",
      },
      300,
    ],
    [
      {
        to: ["b@firm.example"],
        subject: "Keys",
        text: "Hello Jan, I left the keys of the van with the porter. The tank is almost empty, so please fill up before you drive to Ulm.",
      },
      {
        messageId: "<20@firm.example>",
        queued: true,
        notice: "Your message was accepted for delivery and will be sent shortly.",
      },
      280,
    ],
  ]),
  talk(
    "CMS article by slug",
    "/articles",
    [
      [
        undefined,
        {
          slug: "spring-garden",
          title: "Wake up your garden",
          html: "<p>When the first crocus shows, it is time to sharpen the shears and to look at the roses.</p><p>Cut above an outward bud and clear the leaves from the bed.</p>",
        },
        60,
        "/articles/spring-garden",
      ],
      [
        undefined,
        {
          slug: "bread-at-home",
          title: "Bread at home",
          html: "<p>Good bread needs four things: flour, water, salt and time.</p><p>Start in the evening, let the dough rest overnight and bake it in a hot pot.</p>",
        },
        55,
        "/articles/bread-at-home",
      ],
    ],
    { method: "GET" },
  ),
  talk("product reviews, French", "/avis", [
    [
      { produit: 12 },
      {
        avis: [
          {
            note: 5,
            texte: "Très bonne poêle, rien n'attache et elle chauffe vite. Je la recommande à tous mes amis.",
          },
          { note: 2, texte: "Le manche s'est dévissé au bout de deux semaines, je suis déçue." },
        ],
      },
      80,
    ],
    [
      { produit: 13 },
      {
        avis: [
          { note: 4, texte: "Couteau bien équilibré, il faut juste l'aiguiser de temps en temps." },
          { note: 5, texte: "Cadeau parfait pour mon père qui cuisine beaucoup le dimanche." },
        ],
      },
      85,
    ],
  ]),
  talk("search suggestions", "/suggest", [
    [
      { q: "how to remove" },
      {
        suggestions: [
          "how to remove rust from a bike chain",
          "how to remove wallpaper",
          "how to remove a stuck screw",
          "how to remove candle wax from cloth",
        ],
      },
      12,
    ],
    [
      { q: "why is my cat" },
      {
        suggestions: [
          "why is my cat sneezing",
          "why is my cat so small",
          "why is my cat losing hair on its back",
        ],
      },
      11,
    ],
  ]),
  talk("law texts by number", "/gesetze/absatz", [
    [
      { gesetz: "BGB", paragraph: 433, frage: "Wortlaut" },
      {
        text: "Durch den Kaufvertrag wird der Verkäufer einer Sache verpflichtet, dem Käufer die Sache zu übergeben und das Eigentum an der Sache zu verschaffen.",
        stand: "2026-01-01",
      },
      35,
    ],
    [
      { gesetz: "BGB", paragraph: 535, frage: "Wortlaut" },
      {
        text: "Durch den Mietvertrag wird der Vermieter verpflichtet, dem Mieter den Gebrauch der Mietsache während der Mietzeit zu gewähren.",
        stand: "2026-01-01",
      },
      33,
    ],
  ]),
  talk("translation memory", "/tm/lookup", [
    [
      { source: "Tighten the four screws with a torque of eight newton metres.", from: "en", to: "de" },
      {
        matches: [
          {
            score: 100,
            target: "Die vier Schrauben mit einem Drehmoment von acht Newtonmetern anziehen.",
            project: "pump-2",
          },
          {
            score: 84,
            target: "Die zwei Schrauben mit einem Drehmoment von sechs Newtonmetern anziehen.",
            project: "pump-1",
          },
        ],
      },
      40,
    ],
    [
      { source: "Switch off the machine before you open the cover.", from: "en", to: "de" },
      {
        matches: [
          {
            score: 97,
            target: "Schalten Sie die Maschine aus, bevor Sie die Abdeckung öffnen.",
            project: "press-4",
          },
        ],
      },
      38,
    ],
  ]),
  talk("people chat over REST, Spanish", "/salas/9/mensajes", [
    [
      { de: "ana", texto: "¿Alguien trae hielo a la fiesta del sábado?" },
      {
        mensajes: [
          { de: "luis", texto: "Yo llevo la música y unas sillas plegables del garaje." },
          { de: "ana", texto: "¿Alguien trae hielo a la fiesta del sábado?" },
        ],
      },
      50,
    ],
    [
      { de: "luis", texto: "Puedo pasar por la gasolinera y comprar dos bolsas." },
      {
        mensajes: [
          { de: "ana", texto: "¿Alguien trae hielo a la fiesta del sábado?" },
          { de: "luis", texto: "Puedo pasar por la gasolinera y comprar dos bolsas." },
        ],
      },
      52,
    ],
  ]),
  talk(
    "people chat over a socket",
    "/ws/room",
    [
      [
        `${JSON.stringify({ from: "kim", msg: "did you feed the cat before you left?" })}\n`,
        `${JSON.stringify({ from: "joe", msg: "yes, twice, she was pretending to be starving again" })}\n${JSON.stringify({ from: "pat", msg: "she fooled me too, so that makes three dinners" })}`,
        42_000,
      ],
      [
        `${JSON.stringify({ from: "kim", msg: "ok then no snacks tonight please" })}\n`,
        `${JSON.stringify({ from: "joe", msg: "tell that to her face, I will be at football until nine" })}`,
        61_000,
      ],
    ],
    { sayType: "websocket", method: "GET" },
  ),
  talk("push notifications", "/push", [
    [
      {
        device: "d1",
        title: "Parcel on its way",
        body: "Your parcel from the bookshop arrives tomorrow between ten and noon.",
      },
      { accepted: 1, rejected: 0, trace: "aa01" },
      25,
    ],
    [
      {
        device: "d2",
        title: "Time to stretch",
        body: "You have been sitting for an hour, take a short walk.",
      },
      { accepted: 1, rejected: 0, trace: "aa02" },
      27,
    ],
  ]),
  talk("survey answers", "/survey/55/answers", [
    [
      {
        q1: "I liked the workshop, but the room was too small and rather noisy.",
        q2: "More breaks would help.",
      },
      {
        saved: true,
        message: "Thank you for taking part in our survey. Your answers help us to improve.",
        next: "/survey/55/done",
      },
      70,
    ],
    [
      {
        q1: "The speaker was excellent and patient with beginners.",
        q2: "Nothing, please repeat it next year.",
      },
      {
        saved: true,
        message: "Thank you for taking part in our survey. Your answers help us to improve.",
        next: "/survey/55/done",
      },
      75,
    ],
  ]),
  talk(
    "log stream",
    "/logs/follow",
    [
      [
        { service: "billing", level: "info" },
        'event: log\ndata: {"line":"starting worker pool with eight workers"}\n\nevent: log\ndata: {"line":"connected to the database in twelve milliseconds"}\n\nevent: log\ndata: {"line":"job invoice-run finished without errors"}\n\n',
        30_000,
      ],
      [
        { service: "mailer", level: "warn" },
        'event: log\ndata: {"line":"the queue is longer than a hundred messages"}\n\nevent: log\ndata: {"line":"retrying delivery for the third time"}\n\n',
        28_000,
      ],
    ],
    { sayType: "text/event-stream" },
  ),
  talk("jokes", "/joke", [
    [
      { category: "animals" },
      { joke: "Why do cows wear bells? Because their horns do not work.", id: 17 },
      40,
    ],
    [
      { category: "office" },
      {
        joke: "I told my boss three companies were after me. He asked which ones. Gas, water and electricity.",
        id: 44,
      },
      42,
    ],
    [
      { category: "animals" },
      { joke: "What do you call a sleeping bull? A bulldozer, of course.", id: 18 },
      39,
    ],
  ]),
  talk("weather in words, Russian", "/pogoda", [
    [
      { gorod: "Казань", den: "завтра" },
      {
        prognoz:
          "Завтра в Казани ожидается облачная погода, местами небольшой дождь. Ветер западный, до семи метров в секунду.",
      },
      90,
    ],
    [
      { gorod: "Томск", den: "сегодня" },
      {
        prognoz:
          "Сегодня в Томске ожидается ясная погода, без осадков. Ветер южный, до четырёх метров в секунду.",
      },
      95,
    ],
  ]),
  talk("horoscope, Portuguese", "/horoscopo", [
    [
      { signo: "leao", dia: "2026-05-04" },
      {
        texto:
          "O dia favorece conversas francas e novos projetos. Cuide da saúde e evite gastos desnecessários até sexta-feira.",
      },
      60,
    ],
    [
      { signo: "peixes", dia: "2026-05-04" },
      {
        texto:
          "Boa fase para retomar antigas amizades. No trabalho, escute mais do que fala e confie na intuição.",
      },
      62,
    ],
  ]),
  talk("filler text", "/lorem", [
    [
      { paragraphs: 1, words: 20 },
      {
        text: "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna.",
      },
      8,
    ],
    [
      { paragraphs: 1, words: 25 },
      {
        text: "Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur excepteur sint occaecat.",
      },
      8,
    ],
  ]),
  talk("letters from a template", "/letters/render", [
    [
      {
        template: "reminder",
        name: "Ms Ito",
        amount: "84.20",
        reason: "membership fee for the second half of the year",
      },
      {
        letter:
          "Dear Ms Ito, our records show that 84.20 euros for the membership fee for the second half of the year are still open. Please transfer the amount within ten days.",
      },
      110,
    ],
    [
      {
        template: "reminder",
        name: "Mr Ruiz",
        amount: "19.00",
        reason: "late return of two books from the branch library",
      },
      {
        letter:
          "Dear Mr Ruiz, our records show that 19.00 euros for the late return of two books from the branch library are still open. Please transfer the amount within ten days.",
      },
      105,
    ],
  ]),
  talk("slow report of a legacy system", "/berichte/lage", [
    [
      { abteilung: "Lager Nord", zeitraum: "letzte Woche, ohne Feiertage" },
      {
        bericht:
          "Lager Nord: Es wurden 412 Sendungen angenommen und 398 Sendungen ausgeliefert. Die mittlere Liegezeit betrug 2 Tage.",
      },
      4200,
    ],
    [
      { abteilung: "Lager Mitte", zeitraum: "letzte Woche, ohne Feiertage" },
      {
        bericht:
          "Lager Mitte: Es wurden 388 Sendungen angenommen und 371 Sendungen ausgeliefert. Die mittlere Liegezeit betrug 3 Tage.",
      },
      4600,
    ],
  ]),
  talk("Japanese diary entries", "/nikki", [
    [
      { honbun: "今日は母と一緒に市場へ行って、新鮮な魚と野菜をたくさん買いました。" },
      {
        id: 5,
        honbun: "今日は母と一緒に市場へ行って、新鮮な魚と野菜をたくさん買いました。",
        hi: "2026-04-01",
      },
      60,
    ],
    [
      { honbun: "雨が降っていたので、家で本を読みながらゆっくり過ごしました。" },
      { id: 6, honbun: "雨が降っていたので、家で本を読みながらゆっくり過ごしました。", hi: "2026-04-02" },
      58,
    ],
  ]),
  talk("live agent answers later, Turkish", "/destek/talep", [
    [
      { konu: "fatura", mesaj: "Mayıs ayı faturamda iki kez ücret alınmış, düzeltilmesini istiyorum." },
      {
        talepNo: 7781,
        durum: "Talebiniz alındı, temsilcimiz en geç iki iş günü içinde size dönüş yapacaktır.",
      },
      150,
    ],
    [
      { konu: "teslimat", mesaj: "Paketin kutusu ezilmiş geldi, içindeki bardak kırık." },
      {
        talepNo: 7782,
        durum: "Talebiniz alındı, temsilcimiz en geç iki iş günü içinde size dönüş yapacaktır.",
      },
      140,
    ],
  ]),
  talk("help pages by full-text search", "/help/search", [
    [
      { question: "how can I change my delivery address after ordering" },
      {
        hits: [
          {
            title: "Changing an order",
            excerpt:
              "You can change the delivery address until the parcel has left our warehouse. Open the order and choose Edit address.",
            score: 12.1,
          },
          {
            title: "Addresses",
            excerpt: "Store up to ten addresses in your account and choose one as default.",
            score: 7.4,
          },
        ],
        total: 2,
      },
      90,
    ],
    [
      { question: "where is my refund" },
      {
        hits: [
          {
            title: "Refunds",
            excerpt: "Refunds reach your account within five working days after we received the goods.",
            score: 10.8,
          },
        ],
        total: 1,
      },
      85,
    ],
  ]),
  talk("spell check", "/spell", [
    [
      { text: "Please recieve our aplogies for the late delivry of your new kitchen table." },
      {
        errors: [
          { at: 7, word: "recieve", try: ["receive", "relieve"] },
          { at: 19, word: "aplogies", try: ["apologies"] },
          { at: 41, word: "delivry", try: ["delivery"] },
        ],
      },
      35,
    ],
    [
      { text: "The wether was lovly on the cost of Cornwall." },
      {
        errors: [
          { at: 4, word: "wether", try: ["weather", "whether"] },
          { at: 15, word: "lovly", try: ["lovely"] },
        ],
      },
      33,
    ],
  ]),
];
