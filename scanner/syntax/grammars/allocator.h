/* Included before each scanner of a grammar: its memory is the parser's. */
#pragma once

#include <stdlib.h>
#include <string.h>

void* overreach_tree_malloc(size_t size);
void* overreach_tree_calloc(size_t count, size_t size);
void* overreach_tree_realloc(void* memory, size_t size);
void overreach_tree_free(void* memory);

#define malloc overreach_tree_malloc
#define calloc overreach_tree_calloc
#define realloc overreach_tree_realloc
#define free overreach_tree_free
