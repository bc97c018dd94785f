// Interfaces with models behind them, of no format that anybody published.
import type { Talk } from "./talks.ts";
import { lines, pieces, sse } from "./talks.ts";

const PNG = `iVBORw0KGgoAAAANSUhEUgAAAgAAAAIAAQMAAAAP${"A".repeat(200)}`;
const vector = (seed: number) =>
  Array.from({ length: 16 }, (_, at) => Number((Math.sin(seed * 31 + at * 7) / 3).toFixed(4)));

export const WITH_MODELS: readonly Talk[] = [
  {
    name: "Spanish help desk",
    kind: "chat-completion",
    method: "POST",
    path: "/ayuda/consulta",
    turns: [
      {
        ask: { consulta: "¿Cómo puedo cambiar la fecha de mi reserva de hotel?", cliente: 4411 },
        say: {
          texto:
            "Puede cambiar la fecha de su reserva desde la sección Mis viajes. Seleccione la reserva del hotel, pulse Modificar y elija los nuevos días disponibles.",
          ref: "a1",
        },
        ms: 2400,
      },
      {
        ask: { consulta: "¿Qué documentos necesito para alquilar un coche?", cliente: 881 },
        say: {
          texto:
            "Para alquilar un coche necesita el permiso de conducir en vigor, un documento de identidad y una tarjeta de crédito a su nombre.",
          ref: "a2",
        },
        ms: 1900,
      },
      {
        ask: { consulta: "¿Se admiten perros en los trenes de cercanías?", cliente: 17 },
        say: {
          texto:
            "Sí, los perros pequeños viajan gratis en transportín. Los perros grandes deben llevar correa y bozal, y no se admiten en hora punta.",
          ref: "a3",
        },
        ms: 2100,
      },
    ],
  },
  {
    name: "Polish assistant with renamed fields",
    kind: "chat-completion",
    method: "POST",
    path: "/v3/x",
    turns: [
      {
        ask: { a: "Jak mogę zgłosić awarię licznika gazu?", b: 7 },
        say: {
          c: "Awarię licznika gazu można zgłosić całą dobę pod numerem alarmowym albo w formularzu na stronie. Proszę podać numer licznika i adres.",
          d: 1,
        },
        ms: 1700,
      },
      {
        ask: { a: "Kiedy dostanę zwrot nadpłaty za prąd?", b: 7 },
        say: {
          c: "Zwrot nadpłaty za prąd trafia na konto w ciągu czternastu dni od wystawienia faktury rozliczeniowej.",
          d: 1,
        },
        ms: 1300,
      },
      {
        ask: { a: "Jak mogę zgłosić awarię licznika gazu?", b: 9 },
        say: {
          c: "Proszę zadzwonić pod numer pogotowia gazowego, które przyjmuje zgłoszenia awarii licznika przez całą dobę, lub wypełnić formularz.",
          d: 1,
        },
        ms: 1600,
      },
    ],
  },
  {
    name: "Russian bank bot over NDJSON",
    kind: "chat-completion",
    method: "POST",
    path: "/bank/podderzhka",
    sayType: "application/x-ndjson",
    turns: [
      {
        ask: { реплика: "Как перевыпустить карту, если я её потерял?" },
        say: lines(
          pieces(
            "Чтобы перевыпустить карту, откройте приложение, выберите карту и нажмите «Перевыпустить». Старую карту мы сразу заблокируем, а новая придёт через три дня.",
          ),
          (t) => ({ ч: t }),
        ),
        ms: 2300,
      },
      {
        ask: { реплика: "Можно ли открыть вклад без визита в отделение?" },
        say: lines(
          pieces(
            "Да, вклад можно открыть в приложении: выберите раздел «Вклады», укажите сумму и срок, затем подтвердите операцию кодом.",
          ),
          (t) => ({ ч: t }),
        ),
        ms: 2000,
      },
    ],
  },
  {
    name: "Arabic municipality questions",
    kind: "chat-completion",
    method: "POST",
    path: "/baladiya/ask",
    turns: [
      {
        ask: { السؤال: "كيف يمكنني تجديد رخصة البناء قبل انتهائها؟" },
        say: {
          النص: "يمكنك تجديد رخصة البناء عبر بوابة البلدية قبل شهر من تاريخ الانتهاء، مع إرفاق نسخة من الرخصة الحالية ودفع الرسوم.",
        },
        ms: 2200,
      },
      {
        ask: { السؤال: "ما هي أوقات دوام مكتب خدمة العملاء؟" },
        say: { النص: "يعمل مكتب خدمة العملاء من الأحد إلى الخميس من الساعة الثامنة صباحا حتى الثانية ظهرا." },
        ms: 1500,
      },
    ],
  },
  {
    name: "Hindi farm advice",
    kind: "chat-completion",
    method: "POST",
    path: "/kisan/salah",
    turns: [
      {
        ask: { text: "गेहूं की फसल में पीला रतुआ कैसे रोकें?" },
        say: {
          out: "गेहूं में पीला रतुआ रोकने के लिए रोग प्रतिरोधी किस्में बोएं, खेत की नियमित निगरानी करें और लक्षण दिखते ही फफूंदनाशक का छिड़काव करें।",
        },
        ms: 2600,
      },
      {
        ask: { text: "टमाटर के पत्ते मुड़ रहे हैं, क्या करूं?" },
        say: {
          out: "टमाटर के पत्ते मुड़ना अक्सर वायरस या पानी की कमी से होता है। सफेद मक्खी पर नियंत्रण रखें और सिंचाई नियमित करें।",
        },
        ms: 2400,
      },
    ],
  },
  {
    name: "Chinese shop service",
    kind: "chat-completion",
    method: "POST",
    path: "/kefu/huida",
    turns: [
      {
        ask: { wenti: "我的快递三天没有更新了怎么办？" },
        say: {
          neirong:
            "您好，快递三天没有更新可能是在中转途中。建议您先联系快递公司查询，如果超过五天仍无更新，我们可以为您安排补发。",
        },
        ms: 1900,
      },
      {
        ask: { wenti: "这件衣服可以机洗吗？" },
        say: { neirong: "这件衣服可以机洗，请选择轻柔模式，水温不要超过三十度，并且不要烘干。" },
        ms: 1400,
      },
    ],
  },
  {
    name: "Korean policy questions",
    kind: "chat-completion",
    method: "POST",
    path: "/hr/answer-me",
    turns: [
      {
        ask: { body: "연차 휴가는 입사 후 언제부터 사용할 수 있나요?" },
        say: {
          result:
            "연차 휴가는 입사 후 한 달을 개근하면 하루씩 발생하며, 일 년이 지나면 열다섯 일을 사용할 수 있습니다.",
        },
        ms: 1900,
      },
      {
        ask: { body: "재택근무를 신청하려면 어떻게 해야 하나요?" },
        say: {
          result:
            "재택근무는 사내 포털의 근무 신청 메뉴에서 전날까지 신청하시면 되고, 팀장 승인이 필요합니다.",
        },
        ms: 1700,
      },
    ],
  },
  {
    name: "Thai hotel concierge",
    kind: "chat-completion",
    method: "POST",
    path: "/concierge",
    turns: [
      {
        ask: { m: "สระว่ายน้ำของโรงแรมเปิดกี่โมงและต้องจองไหม" },
        say: {
          m: "สระว่ายน้ำของโรงแรมเปิดตั้งแต่หกโมงเช้าถึงสองทุ่มทุกวัน ไม่จำเป็นต้องจองล่วงหน้า แต่กรุณานำคีย์การ์ดห้องพักมาด้วยค่ะ",
        },
        ms: 2100,
      },
      {
        ask: { m: "มีรถรับส่งจากสนามบินไปโรงแรมหรือเปล่า" },
        say: { m: "มีบริการรถรับส่งจากสนามบินทุกชั่วโมง กรุณาแจ้งเที่ยวบินล่วงหน้าหนึ่งวันเพื่อให้เราจัดรถรอที่ประตูทางออก" },
        ms: 2000,
      },
    ],
  },
  {
    name: "Turkish insurance summary",
    kind: "completion",
    method: "POST",
    path: "/hasar/ozetle",
    turns: [
      {
        ask: {
          metin:
            "Sigortalı 12 Mart günü işe giderken yağmur nedeniyle aracının kontrolünü kaybetmiş ve yol kenarındaki bariyerlere çarpmıştır. Aracın sağ ön kapısı, çamurluğu ve farı hasar görmüştür. Olayda yaralanan olmamış, polis tutanağı tutulmuş ve araç çekici ile servise götürülmüştür. Sigortalı ikame araç talep etmektedir.",
        },
        say: {
          cikti:
            "Yağmurda kayan araç bariyere çarptı; kapı, çamurluk ve far hasarlı, yaralı yok, ikame araç isteniyor.",
        },
        ms: 1800,
      },
      {
        ask: {
          metin:
            "Dairenin üst katındaki komşunun çamaşır makinesi bozulmuş, gece boyunca akan su salonun tavanına ve parkelerine zarar vermiştir. Sigortalı sabah fark edip vanayı kapatmış, komşusuyla birlikte tutanak düzenlemiştir. Eksper incelemesinde tavan boyası ile yaklaşık on iki metrekare parkenin yenilenmesi gerektiği belirlenmiştir.",
        },
        say: {
          cikti:
            "Üst kattaki makineden akan su tavan boyasına ve on iki metrekare parkeye zarar verdi, ekspertiz yapıldı.",
        },
        ms: 1700,
      },
    ],
  },
  {
    name: "Portuguese stream of bare words",
    kind: "chat-completion",
    method: "POST",
    path: "/falar",
    sayType: "text/event-stream",
    turns: [
      {
        ask: { fala: "Qual é o prazo para devolver um produto com defeito?" },
        say: sse(
          pieces(
            "O prazo para devolver um produto com defeito é de trinta dias a partir da entrega, e a troca é gratuita.",
          ).map((p) => p.trim()),
          (p) => ({ w: p }),
        ),
        ms: 2600,
      },
      {
        ask: { fala: "Como faço para acompanhar a minha encomenda?" },
        say: sse(
          pieces(
            "Para acompanhar a encomenda abra o aplicativo, toque em pedidos e escolha o que deseja ver no mapa.",
          ).map((p) => p.trim()),
          (p) => ({ w: p }),
        ),
        ms: 2600,
      },
    ],
  },
  {
    name: "Stream that repeats all text so far",
    kind: "chat-completion",
    method: "POST",
    path: "/live/reply",
    sayType: "text/event-stream",
    turns: [
      {
        ask: { msg: "can my daughter open a savings account on her own?" },
        say: (() => {
          let all = "";
          return sse(
            pieces(
              "A savings account can be opened alone from the age of sixteen, younger children need a parent to sign the form with them.",
            ),
            (p) => ({ seq: 1, view: (all += p) }),
          );
        })(),
        ms: 3000,
      },
    ],
  },
  {
    name: "Dutch letters with generation in plain text",
    kind: "completion",
    method: "POST",
    path: "/brief/maak",
    askType: "text/plain",
    sayType: "text/plain",
    turns: [
      {
        ask: "Schrijf een korte brief aan de huurders over het onderhoud van de lift op maandag.",
        say: "Beste bewoners,\n\nOp maandag wordt de lift in ons gebouw onderhouden. Tussen negen en twaalf uur kunt u de lift niet gebruiken. Wij vragen om uw begrip.\n\nMet vriendelijke groet",
        ms: 3200,
      },
      {
        ask: "Schrijf een herinnering aan een klant die zijn factuur van april nog niet heeft betaald.",
        say: "Geachte klant,\n\nVolgens onze administratie is de factuur van april nog niet voldaan. Wilt u het bedrag binnen veertien dagen overmaken? Heeft u al betaald, dan kunt u deze brief negeren.",
        ms: 3600,
      },
    ],
  },
  {
    name: "Form posts, HTML fragments come back",
    kind: "chat-completion",
    method: "POST",
    path: "/widget/send",
    askType: "application/x-www-form-urlencoded",
    sayType: "text/html",
    turns: [
      {
        ask: "line=Do+you+repair+old+sewing+machines+as+well%3F&tab=3",
        say: '<div class="m"><p>Yes, we repair sewing machines of all ages. Please bring the machine with its pedal, a repair usually takes <b>one week</b>.</p></div>',
        ms: 1600,
      },
      {
        ask: "line=How+much+does+it+cost+to+sharpen+a+pair+of+scissors%3F&tab=3",
        say: '<div class="m"><p>Sharpening a pair of scissors costs <i>six euros</i>; tailoring scissors are eight because of the longer blade.</p></div>',
        ms: 1500,
      },
    ],
  },
  {
    name: "French SOAP knowledge service",
    kind: "chat-completion",
    method: "POST",
    path: "/ws/Savoir",
    askType: "text/xml",
    sayType: "text/xml",
    turns: [
      {
        ask: "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><Demander><phrase>Comment puis-je déclarer un changement d'adresse ?</phrase></Demander></s:Body></s:Envelope>",
        say: "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><Demande><phrase>Vous pouvez déclarer votre changement d'adresse en ligne, dans la rubrique Mon dossier, ou par courrier avec un justificatif de domicile récent.</phrase></Demande></s:Body></s:Envelope>",
        ms: 2500,
      },
      {
        ask: "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><Demander><phrase>Quels sont les délais pour obtenir une carte de séjour ?</phrase></Demander></s:Body></s:Envelope>",
        say: "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><Demande><phrase>Les délais pour obtenir une carte de séjour varient selon les préfectures ; comptez en moyenne trois mois après le dépôt du dossier complet.</phrase></Demande></s:Body></s:Envelope>",
        ms: 2700,
      },
    ],
  },
  {
    name: "JSON within JSON within a queue",
    kind: "chat-completion",
    method: "POST",
    path: "/bus/dispatch",
    turns: [
      {
        ask: {
          topic: "nl",
          payload: JSON.stringify({ utter: "what is the warranty on a refurbished laptop?" }),
        },
        say: {
          topic: "nl",
          payload: JSON.stringify({
            utter:
              "A refurbished laptop comes with a warranty of twelve months that covers parts and labour, but not the battery.",
          }),
        },
        ms: 1600,
      },
      {
        ask: {
          topic: "nl",
          payload: JSON.stringify({ utter: "can i pick the laptop up in a store near me?" }),
        },
        say: {
          topic: "nl",
          payload: JSON.stringify({
            utter:
              "Yes, choose store pickup at the checkout; the laptop is ready within two days and you will get a message.",
          }),
        },
        ms: 1700,
      },
    ],
  },
  {
    name: "Bot behind a WebSocket",
    kind: "chat-completion",
    method: "GET",
    path: "/sock",
    sayType: "websocket",
    turns: [
      {
        ask: JSON.stringify({ op: 1, d: "how do i reset the router to factory settings?" }),
        say: lines(
          pieces(
            "Hold the small button on the back of the router for ten seconds until the light blinks twice, then wait for it to restart.",
          ),
          (p) => ({ op: 2, d: p }),
        ),
        ms: 2500,
      },
    ],
  },
  {
    name: "Async writing jobs",
    kind: "completion",
    method: "POST",
    path: "/studio/tasks",
    turns: [
      {
        ask: { brief: "A friendly product text for hand made candles from Carinthia" },
        say: { task: "t-801", status: "accepted" },
        status: 202,
        ms: 30,
      },
      {
        method: "GET",
        path: "/studio/tasks/t-801",
        say: {
          task: "t-801",
          status: "done",
          copy: "Poured by hand in a small Carinthian workshop, these candles fill the room with beeswax and mountain herbs.",
        },
        ms: 15,
      },
      {
        ask: { brief: "Three sentences about a guided night hike for families with children" },
        say: { task: "t-802", status: "accepted" },
        status: 202,
        ms: 31,
      },
      {
        method: "GET",
        path: "/studio/tasks/t-802",
        say: {
          task: "t-802",
          status: "done",
          copy: "When the forest falls silent our guide lights the lantern. Children listen for owls and follow glowing marks. A warm soup by the fire ends the hike.",
        },
        ms: 16,
      },
    ],
  },
  {
    name: "Retrieval answers with sources",
    kind: "chat-completion",
    method: "POST",
    path: "/wissen",
    turns: [
      {
        ask: { suche: "Welche Frist gilt für die Kündigung der Betriebsrente?", n: 3 },
        say: {
          text: "Die Kündigung der Betriebsrente ist mit einer Frist von drei Monaten zum Jahresende möglich [1].",
          belege: [
            { datei: "bAV-Ordnung.pdf", seite: 12, auszug: "Kündigung zum 31.12. mit drei Monaten Frist" },
            { datei: "FAQ-Rente.docx", seite: 2, auszug: "schriftlich an die Personalstelle" },
          ],
        },
        ms: 3100,
      },
      {
        ask: { suche: "Wer genehmigt Dienstreisen ins Ausland?", n: 3 },
        say: {
          text: "Dienstreisen ins Ausland genehmigt die Bereichsleitung, ab einer Woche zusätzlich die Geschäftsführung [1][2].",
          belege: [{ datei: "Reiserichtlinie.pdf", seite: 4, auszug: "Ausland: Bereichsleitung" }],
        },
        ms: 2900,
      },
    ],
  },
  {
    name: "Tool-using planner",
    kind: "agent",
    method: "POST",
    path: "/planner/next",
    turns: [
      {
        ask: { goal: "Find a free room for twelve people on Thursday and invite the team" },
        say: {
          steps: [
            {
              thought: "I have to look for rooms first.",
              action: "rooms.search",
              args: { seats: 12 },
              observation: { room: "Alps" },
            },
            {
              thought: "The room is free, so I can invite.",
              action: "calendar.invite",
              args: { room: "Alps" },
              observation: { ok: true },
            },
          ],
          final: "I booked the room Alps for Thursday and invited the team.",
        },
        ms: 6400,
      },
      {
        ask: { goal: "Cancel the standing meeting with the suppliers and tell them why" },
        say: {
          steps: [
            {
              thought: "Let me find the meeting.",
              action: "calendar.find",
              args: { q: "suppliers" },
              observation: { id: 9 },
            },
          ],
          final: "The meeting with the suppliers is cancelled, and they got a message with the reason.",
        },
        ms: 5200,
      },
    ],
  },
  {
    name: "Vectors for texts",
    kind: "embedding",
    method: "POST",
    path: "/feat/enc",
    turns: [
      { ask: { s: ["green cotton shirt", "leather boots"] }, say: { r: [vector(1), vector(2)] }, ms: 20 },
      { ask: { s: ["garden chair", "wool hat"] }, say: { r: [vector(3), vector(4)] }, ms: 22 },
    ],
  },
  {
    name: "Pictures from words",
    kind: "image",
    method: "POST",
    path: "/draw",
    turns: [
      {
        ask: { wish: "a lighthouse on a cliff in a storm, oil painting" },
        say: { pic: PNG, n: 7 },
        ms: 8200,
      },
      { ask: { wish: "an old tram in the snow at night, watercolour" }, say: { pic: PNG, n: 9 }, ms: 7900 },
    ],
  },
  {
    name: "Speech to text",
    kind: "audio",
    method: "POST",
    path: "/listen",
    askType: "audio/wav",
    turns: [
      {
        ask: "RIFF____WAVEfmt data",
        say: { words: "Good morning, I would like to move my appointment to next Tuesday, please." },
        ms: 1400,
      },
      {
        ask: "RIFF____WAVEfmt data2",
        say: { words: "Hello, this is a message for the people who run the bakery on the corner." },
        ms: 1500,
      },
    ],
  },
  {
    name: "Documents in order",
    kind: "rerank",
    method: "POST",
    path: "/order-docs",
    turns: [
      {
        ask: {
          need: "lamp for a child's room",
          texts: ["Night light shaped like a moon", "Outdoor flood light", "Desk lamp"],
        },
        say: {
          ranked: [
            { at: 0, v: 0.91 },
            { at: 2, v: 0.34 },
            { at: 1, v: 0.03 },
          ],
        },
        ms: 60,
      },
      {
        ask: { need: "shoes for wet grass", texts: ["Rubber boots", "Sandals"] },
        say: {
          ranked: [
            { at: 0, v: 0.88 },
            { at: 1, v: 0.07 },
          ],
        },
        ms: 55,
      },
    ],
  },
  {
    name: "Labels for comments",
    kind: "moderation",
    method: "POST",
    path: "/gate",
    turns: [
      {
        ask: { t: "you people should all leave this town and never return" },
        say: { ok: false, scores: { hate: 0.71, harassment: 0.64, violence: 0.12 } },
        ms: 90,
      },
    ],
  },
  {
    name: "Swedish doctor letters, simplified",
    kind: "completion",
    method: "POST",
    path: "/journal/forenkla",
    turns: [
      {
        ask: {
          journal:
            "Patienten inkommer med en akut exacerbation av KOL, ordineras prednisolon samt inhalation med bronkdilaterande läkemedel och följs upp polikliniskt om två veckor. Saturation stabil under vårdtiden, ingen feber, infektionsprover utan anmärkning. Rökstopp rekommenderas och fysioterapeut kontaktas för andningsträning.",
        },
        say: {
          enkelt:
            "Du kom till oss för att din lungsjukdom blev sämre. Du får kortison och medicin att andas in, och vi träffas igen om två veckor.",
        },
        ms: 2600,
      },
      {
        ask: {
          journal:
            "Röntgen påvisar en okomplicerad distal radiusfraktur på vänster sida utan felställning. Gips anläggs, analgetika vid behov, kontroll på ortopedmottagningen om tio dagar. Patienten informeras om att hålla handen i högläge, röra fingrarna regelbundet och söka åter vid ökad svullnad eller domningar.",
        },
        say: {
          enkelt:
            "Du har brutit vänster handled men benet ligger rätt. Du har fått gips och ska komma tillbaka om tio dagar.",
        },
        ms: 2400,
      },
    ],
  },
  {
    name: "Questions become queries",
    kind: "completion",
    method: "POST",
    path: "/ask-the-data",
    turns: [
      {
        ask: { wish: "number of late deliveries for each carrier in the last quarter" },
        say: {
          run: "SELECT carrier, count(*) AS late FROM deliveries WHERE delivered_at > promised_at AND promised_at >= now() - interval '3 months' GROUP BY carrier ORDER BY late DESC;",
        },
        ms: 2200,
      },
      {
        ask: { wish: "the ten customers with the most returns in this year" },
        say: {
          run: "SELECT c.name, count(r.id) AS returns FROM customers c JOIN returns r ON r.customer_id = c.id WHERE r.created_at >= date_trunc('year', now()) GROUP BY c.name ORDER BY returns DESC LIMIT 10;",
        },
        ms: 2500,
      },
    ],
  },
  {
    name: "Questions in the query, events come back",
    kind: "chat-completion",
    method: "GET",
    path: "/say?line=what+is+the+best+time+to+plant+tulips+here",
    sayType: "text/event-stream",
    turns: [
      {
        say: sse(
          pieces(
            "Plant tulips in the autumn, six to eight weeks before the ground freezes, about fifteen centimetres deep.",
          ),
          (p) => ({ x: p }),
        ),
        ms: 2200,
      },
    ],
  },
  {
    name: "Counts of tokens under short names",
    kind: "chat-completion",
    method: "POST",
    path: "/q",
    turns: [
      {
        ask: { v: "why does bread dough need time to rise before baking?" },
        say: {
          v: "Yeast needs time to turn sugar into gas, and the gas makes the dough light. Without rising the bread stays dense.",
          use: { in: 14, out: 27 },
        },
        ms: null,
      },
      {
        ask: { v: "what is the difference between baking soda and baking powder?" },
        say: {
          v: "Baking soda needs an acid to react, baking powder already contains one. So powder works with any dough, soda only with sour ones.",
          use: { in: 13, out: 31 },
        },
        ms: null,
      },
    ],
  },
];
