/* Sends mails by SMTP over many connections at once, under STARTTLS or in the clear: smtp-source knows no TLS, and sends
   a large mail to its end before it turns to the next connection.
   As smtp-source does, it sends each command alone, gives each mail a Message-ID and stops at the first refusal. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 78, THREAD_STACK = 128 << 10 };

struct session {
    int socket;
    SSL *tls;
    /* What the connection before left for this one, where sessions are resumed. */
    SSL_SESSION *earlier;
};

static struct sockaddr_in server;
static SSL_CTX *context;
static const char *sender, *recipient;
static int is_kept, is_resumed, is_announced;
static long mails;
static char *body;
static size_t body_length;
static atomic_long taken, resumed;

static void fail(const char *what, const char *said)
{
    fprintf(stderr, "smtp_load: %s: %s\n", what, said);
    exit(EXIT_FAILURE);
}

static void put(struct session *session, const char *octets, size_t length)
{
    while (length > 0) {
        int piece = length > 1 << 20 ? 1 << 20 : (int)length;
        ssize_t count = session->tls ? SSL_write(session->tls, octets, piece)
                                     : send(session->socket, octets, (size_t)piece, MSG_NOSIGNAL);
        if (count <= 0)
            fail("sending", "the connection ended");
        octets += count;
        length -= (size_t)count;
    }
}

/* Reads a reply to the end of its last line. */
static void expect(struct session *session, char digit, const char *what)
{
    char reply[4096];
    size_t length = 0, line = 0;
    for (;;) {
        size_t room = sizeof reply - 1 - length;
        ssize_t count = session->tls ? SSL_read(session->tls, reply + length, (int)room)
                                     : recv(session->socket, reply + length, room, 0);
        if (count <= 0)
            fail(what, "the connection ended");
        length += (size_t)count;
        reply[length] = 0;
        for (char *end; (end = strchr(reply + line, '\n')); line = (size_t)(end - reply) + 1) {
            if (reply[line] != digit)
                fail(what, reply);
            if (reply[line + 3] != '-')
                return;
        }
    }
}

static int trust_anybody(X509_STORE_CTX *store, void *unused)
{
    (void)store, (void)unused;
    return 1;
}

/* As cheap as a handshake of TLS 1.3 can be on this side: it runs on the same cores as what is measured. */
static void prepare_tls(void)
{
    context = SSL_CTX_new(TLS_client_method());
    if (!context || !SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION)
        || !SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256") || !SSL_CTX_set1_groups_list(context, "X25519")
        || !SSL_CTX_set1_sigalgs_list(context, "ECDSA+SHA256"))
        fail("TLS", "no context");
    SSL_CTX_set_cert_verify_callback(context, trust_anybody, NULL);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

static void say(struct session *session, const char *command, char digit)
{
    put(session, command, strlen(command));
    expect(session, digit, command);
}

static void begin(struct session *session)
{
    int now = 1;
    session->tls = NULL;
    session->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (session->socket < 0 || connect(session->socket, (struct sockaddr *)&server, sizeof server))
        fail("connecting", "nobody listens");
    setsockopt(session->socket, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
    expect(session, '2', "greeting");
    say(session, "EHLO bench.example\r\n", '2');
    if (!context)
        return;
    say(session, "STARTTLS\r\n", '2');
    SSL *tls = SSL_new(context);
    SSL_set_fd(tls, session->socket);
    if (session->earlier)
        SSL_set_session(tls, session->earlier);
    if (SSL_connect(tls) != 1)
        fail("STARTTLS", "no agreement");
    resumed += SSL_session_reused(tls);
    session->tls = tls;
    say(session, "EHLO bench.example\r\n", '2');
}

static void end(struct session *session)
{
    say(session, "QUIT\r\n", '2');
    SSL_SESSION_free(session->earlier);
    session->earlier = session->tls && is_resumed ? SSL_get1_session(session->tls) : NULL;
    /* Without that OpenSSL takes the session for broken off, and resumes it never. */
    if (session->tls)
        SSL_set_shutdown(session->tls, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(session->tls);
    close(session->socket);
}

static void send_mail(struct session *session, long number)
{
    char text[512], size[32] = "";
    if (is_announced)
        snprintf(size, sizeof size, " SIZE=%zu", sizeof text + body_length);
    snprintf(text, sizeof text, "MAIL FROM:<%s>%s\r\n", sender, size);
    say(session, text, '2');
    snprintf(text, sizeof text, "RCPT TO:<%s>\r\n", recipient);
    say(session, text, '2');
    say(session, "DATA\r\n", '3');
    int length = snprintf(text, sizeof text,
                          "From: <%s>\r\nTo: <%s>\r\nSubject: load\r\nMessage-ID: <%ld.%d@bench.example>\r\n\r\n", sender,
                          recipient, number, (int)getpid());
    put(session, text, (size_t)length);
    put(session, body, body_length);
    expect(session, '2', "end of the mail");
}

static void *connection(void *unused)
{
    struct session session = {0};
    int is_open = 0;
    for (long number; (number = atomic_fetch_add(&taken, 1)) < mails; is_open = is_kept) {
        if (!is_open)
            begin(&session);
        send_mail(&session, number);
        if (!is_kept)
            end(&session);
    }
    if (is_open)
        end(&session);
    return unused;
}

/* Lines of X and the final dot. */
static void make_body(size_t size)
{
    body = malloc(size + LINE + 8);
    if (!body)
        fail("the body", "no memory");
    while (body_length < size) {
        memset(body + body_length, 'X', LINE - 2);
        memcpy(body + body_length + LINE - 2, "\r\n", 2);
        body_length += LINE;
    }
    memcpy(body + body_length, ".\r\n", 3);
    body_length += 3;
}

int main(int count, char **words)
{
    if (count != 10)
        fail("usage", "smtp_load PORT CONNECTIONS MAILS OCTETS tls|clear kept|each|resumed announced|unannounced SENDER RECIPIENT");
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server.sin_port = htons((unsigned short)atoi(words[1]));
    int connections = atoi(words[2]);
    mails = atol(words[3]);
    make_body((size_t)atol(words[4]));
    if (!strcmp(words[5], "tls"))
        prepare_tls();
    is_kept = !strcmp(words[6], "kept");
    is_resumed = !strcmp(words[6], "resumed");
    is_announced = !strcmp(words[7], "announced");
    sender = words[8];
    recipient = words[9];
    pthread_t *threads = calloc((size_t)connections, sizeof *threads);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, THREAD_STACK);
    for (int i = 0; i < connections; i++)
        if (!threads || pthread_create(&threads[i], &attributes, connection, NULL))
            fail("a thread", "cannot be started");
    for (int i = 0; i < connections; i++)
        pthread_join(threads[i], NULL);
    printf("%ld\n", resumed);
    return EXIT_SUCCESS;
}
