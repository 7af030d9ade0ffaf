/* Parses mail files with plain GMime and decodes every part: what reading mail costs at least. */
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned long messages, parts, octets;

static void decode(GMimeObject *parent, GMimeObject *object, gpointer data)
{
    (void)parent, (void)data;
    if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (inner)
            g_mime_message_foreach(inner, decode, NULL);
        return;
    }
    if (!GMIME_IS_PART(object))
        return;
    GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
    if (!content)
        return;
    GMimeStream *memory = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, memory);
    octets += (unsigned long)g_mime_stream_length(memory);
    parts++;
    g_object_unref(memory);
}

/* What is no mail is passed over, as the reader passes it over with a word. */
static int walk(const char *path)
{
    gchar *text;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, NULL))
        return 0;
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (message) {
        g_mime_message_foreach(message, decode, NULL);
        g_object_unref(message);
        messages++;
    }
    g_object_unref(parser);
    g_object_unref(stream);
    g_free(text);
    return 1;
}

int main(int count, char **paths)
{
    g_mime_init();
    for (int i = 1; i < count; i++) {
        if (!walk(paths[i])) {
            fprintf(stderr, "gmime_walk: %s cannot be read\n", paths[i]);
            return EXIT_FAILURE;
        }
    }
    printf("%lu messages, %lu parts, %lu octets\n", messages, parts, octets);
    return EXIT_SUCCESS;
}
